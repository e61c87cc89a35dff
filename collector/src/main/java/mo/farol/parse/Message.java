package mo.farol.parse;

import java.util.List;
import mo.farol.event.Fields;

/** The message within a syslog frame: kept whole, then read further where its kind is known. */
final class Message {
  private final List<Format> payloads;
  private final Refiners refiners;

  Message(List<Format> payloads, Refiners refiners) {
    this.payloads = payloads;
    this.refiners = refiners;
  }

  /** Whether a format of its own begins here, rather than a tag. */
  boolean isPayload(byte[] bytes, int from, int to) {
    for (int i = 0; i < payloads.size(); i++) {
      if (payloads.get(i).claims(bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  void read(Draft draft, int from, int to) {
    if (from >= to) {
      return;
    }
    draft.add(Fields.MESSAGE, from, to);
    if (!asPayload(draft, from, to)) {
      refiners.refine(draft, from, to);
    }
  }

  private boolean asPayload(Draft draft, int from, int to) {
    for (int i = 0; i < payloads.size(); i++) {
      var format = payloads.get(i);
      if (format.claims(draft.bytes(), from, to)) {
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
