package mo.farol.intake;

import java.time.Duration;
import mo.farol.journal.EventLog;
import mo.farol.wire.Doubts;

/**
 * After a stop: what the journal took last may have been kept and never answered. What was answered
 * is in doubt too, for nothing tells it apart: where a sender then sends a new line of the very
 * same bytes within the hour, that one is marked as sent again, once. Who answers over what input
 * is told by the input's name: syslog without answers is not sent again.
 */
final class LastWords {
  private static final long MOST_FRAMES = 65_536;
  private static final long LAST_MICROS = 60_000_000L;

  private LastWords() {}

  /** Doubts what was received in the last minute before the journal's end. */
  static void doubt(EventLog log, Doubts doubts) {
    long end = log.durable();
    var last = end == 0 ? null : log.holding(end - 1).orElse(null);
    if (last == null) {
      return;
    }
    long since = last.frames().receivedAtMicros() - LAST_MICROS;
    try (var reader = log.read(Math.max(0, end - MOST_FRAMES))) {
      for (var block = reader.next(Duration.ZERO);
          block != null && block.firstSequence() < end;
          block = reader.next(Duration.ZERO)) {
        var origin = block.frames().origin();
        if (block.frames().receivedAtMicros() >= since && mayComeAgain(origin.input())) {
          doubts.doubt(block.frames());
        }
      }
    }
  }

  private static boolean mayComeAgain(String input) {
    return !input.startsWith("syslog.") && !input.startsWith("gelf.") && !input.equals("import");
  }
}
