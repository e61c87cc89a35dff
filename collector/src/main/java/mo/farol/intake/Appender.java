package mo.farol.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;

/**
 * The one way from a listener to the journal: stamps the time of receipt, counts, appends. Any
 * event loop may call.
 */
final class Appender {
  private final EventLog log;
  private final InstantSource clock;
  private final long pendingLimit;
  private final Counter frames;
  private final Counter dropped;
  private final Counter truncated;
  private final Counter guessed;

  Appender(
      String input, EventLog log, InstantSource clock, long pendingLimit, MeterRegistry metrics) {
    this.log = log;
    this.clock = clock;
    this.pendingLimit = pendingLimit;
    frames = metrics.counter("farol_intake_frames_total", "input", input);
    dropped = metrics.counter("farol_intake_dropped_total", "input", input);
    truncated = metrics.counter("farol_intake_truncated_total", "input", input);
    guessed = metrics.counter("farol_intake_guessed_total", "input", input);
  }

  /** Whether inputs should hold back: the journal has as much to write as it may. */
  boolean isBusy() {
    return log.pendingBytes() > pendingLimit;
  }

  /** Appends what a builder has collected, if anything; returns the bytes under way. */
  int append(FrameBatch.Builder builder, Origin origin, EventLog.Acknowledgement acknowledgement) {
    if (builder.count() == 0) {
      return 0;
    }
    var batch = builder.build(origin, Micros.of(clock.instant()));
    frames.increment(batch.count());
    log.append(batch, acknowledgement);
    return batch.size();
  }

  void drop(int count) {
    dropped.increment(count);
  }

  void truncate(long count) {
    truncated.increment((double) count);
  }

  void guess(long count) {
    guessed.increment((double) count);
  }
}
