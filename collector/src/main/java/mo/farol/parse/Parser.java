package mo.farol.parse;

import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Severity;

/**
 * Reads every frame of a batch as whatever it is. Never throws for what a frame holds: a frame no
 * format can read becomes an event with a rejection and its raw text as message. Keeps scratch, so
 * one thread at a time.
 */
public final class Parser {
  private static final byte[] NO_PRIORITY = Cursor.ascii("no priority");
  private static final byte[] NO_DATE = Cursor.ascii("no date");
  private final Rfc5424 modern;
  private final Rfc3164 classic;
  private final Dialects dialects;
  private final Line line = new Line();

  public Parser(ParseConfig config) {
    var times = new Times();
    modern = new Rfc5424(times);
    classic = new Rfc3164(times);
    dialects = new Dialects(config, times);
  }

  /**
   * Fills a batch with the events of some frames, one for each.
   *
   * @param frames what arrived
   * @param firstSequence journal sequence of the first
   * @param position where the block stands in the journal
   * @param into emptied and filled; keeps a reference to the frames
   */
  public void parse(FrameBatch frames, long firstSequence, long position, EventBatch into) {
    into.open(frames, firstSequence, position);
    for (int i = 0; i < frames.count(); i++) {
      frame(frames, i, into);
    }
  }

  private void frame(FrameBatch frames, int i, EventBatch into) {
    line.begin(into, frames.bytes(), frames.start(i), frames.end(i));
    try {
      read(frames);
    } catch (RuntimeException e) {
      line.reject("the parser failed: " + e.getClass().getSimpleName());
    }
    if (line.rejection != null) {
      keepRaw(frames, i, into);
    } else if (!line.hasHost && !frames.origin().peer().isEmpty() && frames.origin().isLive()) {
      into.addText(Fields.HOST_NAME, frames.origin().peer());
    }
    into.close(line.occurredAt, line.severity, line.rejection);
  }

  private static void keepRaw(FrameBatch frames, int i, EventBatch into) {
    into.undo();
    into.add(Fields.MESSAGE, frames.start(i), frames.end(i));
  }

  private void read(FrameBatch frames) {
    var c = line.cursor;
    switch (c.peek()) {
      case -1 -> line.reject("an empty frame");
      case '<' -> prioritised(frames);
      case '{' -> {
        line.severity = Severity.INFORMATIONAL;
        dialects.json(line);
      }
      default -> bare(frames);
    }
  }

  private void prioritised(FrameBatch frames) {
    var c = line.cursor;
    c.at++;
    int from = c.at;
    int pri = c.number(3);
    if (pri < 0 || pri > 191 || !c.eat('>') || c.at - from > 4) {
      line.reject("the priority is not a number from 0 to 191 between < and >");
      return;
    }
    line.priority(pri);
    if (c.isAtEnd()) {
      line.reject("nothing after the priority");
    } else if (isVersioned(c)) {
      modern.read(line);
      readMessage();
    } else {
      classic.read(line, frames.origin(), frames.receivedAtMicros());
      noteMissingDate();
      readMessage();
    }
  }

  // VERSION SP of RFC 5424: one to three digits. A year has four, a day of RFC 3164 never comes
  // first.
  private static boolean isVersioned(Cursor c) {
    int i = c.at;
    while (i < c.end && Cursor.isDigit(c.bytes[i])) {
      i++;
    }
    int digits = i - c.at;
    return digits >= 1 && digits <= 3 && (i == c.end || c.bytes[i] == ' ');
  }

  private void bare(FrameBatch frames) {
    if (classic.isDated(line.cursor)) {
      line.put(Name.NOTE, NO_PRIORITY);
      classic.read(line, frames.origin(), frames.receivedAtMicros());
      readMessage();
    } else if (!dialects.bare(line)) {
      line.reject("no known format: no priority, no date, no JSON");
    }
  }

  private void noteMissingDate() {
    if (line.occurredAt == mo.farol.event.Micros.NONE) {
      line.put(Name.NOTE, NO_DATE);
    }
  }

  private void readMessage() {
    if (line.rejection == null && !line.cursor.isAtEnd()) {
      dialects.read(line);
    }
  }
}
