package mo.farol.parse;

import java.util.List;
import mo.farol.event.Fields;

/** The message within a syslog frame: kept whole, then read further where its kind is known. */
final class Message {
  private final Starts payloads;
  private final Refiners refiners;
  private final Starts rest;

  /**
   * @param payloads asked whoever wrote the message
   * @param rest asked where neither they nor a program's refiner knew it
   */
  Message(List<Format> payloads, Refiners refiners, List<Format> rest) {
    this.rest = new Starts(rest);
    this.payloads = new Starts(payloads);
    this.refiners = refiners;
  }

  /** Whether a format of its own begins here, rather than a tag. */
  boolean isPayload(EventDraft draft, int from, int to) {
    for (Format format : payloads.with(draft.bytes()[from])) {
      if (format.claims(draft, from, to)) {
        return true;
      }
    }
    return false;
  }

  void read(EventDraft draft, int from, int to) {
    if (from >= to) {
      return;
    }
    draft.add(Fields.MESSAGE, from, to);
    if (!as(payloads, draft, from, to) && !refiners.refine(draft, from, to)) {
      as(rest, draft, from, to);
    }
  }

  private static boolean as(Starts formats, EventDraft draft, int from, int to) {
    for (Format format : formats.with(draft.bytes()[from])) {
      if (format.claims(draft, from, to)) {
        int before = draft.into().filled();
        var why = format.read(draft, from, to);
        if (why == null) {
          return true;
        }
        draft.into().undoTo(before);
        draft.into().addText(Names.NOTE, why);
      }
    }
    return false;
  }
}
