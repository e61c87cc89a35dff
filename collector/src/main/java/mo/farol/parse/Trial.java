package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;

/** Lines that somebody pastes to see what a parser makes of them; nothing of it is kept. */
public final class Trial {
  /** Bytes taken at most. */
  public static final int MOST_BYTES = 64 << 10;

  /** Lines read at most; those behind are left out. */
  public static final int MOST_LINES = 200;

  private Trial() {}

  /**
   * Parses the lines of a text, without empty ones.
   *
   * @throws IllegalArgumentException where the text is longer than {@link #MOST_BYTES}
   */
  public static EventBatch read(String text, Origin origin, Instant receivedAt) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MOST_BYTES) {
      throw new IllegalArgumentException("at most 64 KiB can be tried at once");
    }
    var frames = new FrameBatch.Builder();
    for (int from = 0; from < utf8.length && frames.count() < MOST_LINES; ) {
      int end = Ascii.until(utf8, from, utf8.length, '\n');
      int to = Ascii.trimEnd(utf8, from, end);
      if (to > from) {
        frames.add(utf8, from, to, (byte) 0);
      }
      from = end + 1;
    }
    var events = new EventBatch();
    Parser.alone(ParseConfig.defaults())
        .parse(frames.build(origin, Micros.of(receivedAt)), 0, 0, events);
    return events;
  }
}
