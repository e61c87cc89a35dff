package mo.farol.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/**
 * Frames that say their own number, so that a test can tell what is missing, doubled or made up.
 */
final class Numbered {
  static final Origin ORIGIN = Origin.live("harbour", "syslog.tcp", "192.0.2.7");

  private Numbered() {}

  /** Frames {@code from .. from + count}. */
  static FrameBatch batch(long from, int count) {
    var builder = new FrameBatch.Builder();
    for (long number = from; number < from + count; number++) {
      byte[] text = text(number).getBytes(StandardCharsets.UTF_8);
      builder.add(text, 0, text.length, (byte) 0);
    }
    return builder.build(ORIGIN, 1_700_000_000_000_000L + from);
  }

  /** What a frame says; its length differs from number to number. */
  static String text(long number) {
    return "<13>1 - pier - - - - frame " + number + " " + "x".repeat((int) (number * 31 % 97));
  }

  /** The number of frame {@code i}, or a complaint where the frame is not as it was written. */
  static long number(EventLog.Block block, int i) {
    String text = block.frames().frame(i, block.firstSequence()).text();
    int at = text.indexOf("frame ") + 6;
    long number = at < 6 ? -1 : Long.parseLong(text.substring(at, text.indexOf(' ', at)));
    if (!text.equals(text(number))) {
      throw new AssertionError("not a frame as it was written: " + text);
    }
    return number;
  }

  /** All numbers from a sequence on, read without waiting. */
  static List<Long> read(EventLog log, long fromSequence) {
    var numbers = new ArrayList<Long>();
    for (var block : blocks(log, fromSequence)) {
      for (int i = 0; i < block.frames().count(); i++) {
        numbers.add(number(block, i));
      }
    }
    return numbers;
  }

  /** All blocks from a sequence on, read without waiting. */
  static List<EventLog.Block> blocks(EventLog log, long fromSequence) {
    var blocks = new ArrayList<EventLog.Block>();
    try (var reader = log.read(fromSequence)) {
      for (var block = reader.next(Duration.ZERO);
          block != null;
          block = reader.next(Duration.ZERO)) {
        blocks.add(block);
      }
    }
    return blocks;
  }
}
