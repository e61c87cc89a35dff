package mo.farol.parse;

import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/**
 * Frames in, events out: tries the format the origin asked for, or the first that claims the frame.
 * Never throws whatever the bytes; makes no object per frame on the common path. Holds scratch
 * space, so it belongs to one thread; as many parsers as threads may run.
 */
public final class Parser {
  private final Draft draft = new Draft();
  private final List<Format> formats;
  private final Starts starts;

  public Parser(ParseConfig config) {
    formats = Formats.all(config);
    starts = new Starts(formats.stream().filter(f -> !(f instanceof OnRequest)).toList());
  }

  /**
   * Opens {@code into} and fills one event a frame, in order. A frame that can't be read gives an
   * event with a {@link EventBatch#rejection reason}, the raw text as {@code message} and what
   * could be made out of its header.
   *
   * @param firstSequence journal sequence of frame 0
   * @param position where the block stands in the journal
   */
  public void parse(FrameBatch frames, long firstSequence, long position, EventBatch into) {
    into.open(frames, firstSequence, position);
    draft.open(frames, into);
    var asked = asked(frames.origin().format());
    for (int i = 0; i < frames.count(); i++) {
      one(asked, frames.start(i), frames.end(i));
    }
  }

  private void one(@Nullable Format asked, int from, int to) {
    var into = draft.into();
    draft.begin();
    var why = read(asked, from, Ascii.trimEnd(draft.bytes(), from, to));
    if (why == null) {
      draft.hostOrPeer();
    } else {
      draft.add(Fields.MESSAGE, from, to);
    }
    into.close(draft.occurredAt(), draft.severity(), why);
  }

  private @Nullable String read(@Nullable Format asked, int from, int to) {
    if (from == to) {
      return "empty frame";
    }
    try {
      return (asked == null ? claiming(from, to) : asked).read(draft, from, to);
    } catch (RuntimeException bug) {
      // One hostile frame must not stop the thousands behind it; the reason makes the bug visible.
      draft.into().undo();
      return "the parser failed on this frame, please report it: " + bug;
    }
  }

  private Format claiming(int from, int to) {
    for (Format format : starts.with(draft.bytes()[from])) {
      if (format.claims(draft, from, to)) {
        return format;
      }
    }
    return formats.getLast();
  }

  private @Nullable Format asked(String asked) {
    String name =
        switch (asked) {
          case "rfc5424", "rfc3164", "bsd" -> "syslog";
          case "ndjson" -> "json";
          default -> asked;
        };
    for (Format format : formats) {
      if (!name.isEmpty() && format.name().equals(name)) {
        return format;
      }
    }
    return null;
  }
}
