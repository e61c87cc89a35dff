package mo.farol.wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mo.farol.event.FrameBatch;

/** Every counter of this room. */
public final class Counts {
  private final MeterRegistry metrics;
  private final Counter truncated;
  private final Counter guessed;
  private final Drops drops;
  private final Map<String, Counter> framed = new ConcurrentHashMap<>();

  public Counts(MeterRegistry metrics) {
    this.metrics = metrics;
    drops = new Drops(metrics);
    truncated = metrics.counter("farol_intake_truncated_total");
    guessed = metrics.counter("farol_intake_guessed_total");
  }

  /** Frames handed to the log. */
  public Counter frames(String input) {
    return metrics.counter("farol_intake_frames_total", "input", input);
  }

  /** Frames that arrived and were not kept. */
  public Drops drops() {
    return drops;
  }

  /** A connection without answers that was torn, or ended within a frame. */
  public void broken(String input) {
    metrics.counter("farol_intake_broken_total", "input", input).increment();
  }

  /** Requests, connections and counts that were not accepted, by reason. */
  public void refused(String reason, long count) {
    metrics.counter("farol_intake_refused_total", "reason", reason).increment((double) count);
  }

  /** Frames of a stream by what ended them. */
  public void framed(String kind, long count) {
    framed
        .computeIfAbsent(kind, k -> metrics.counter("farol_intake_framing_total", "kind", k))
        .increment((double) count);
  }

  /** Counts the frames of a batch that are not as they were sent. */
  public void marks(FrameBatch batch) {
    int cut = 0;
    int guesses = 0;
    for (int i = 0; i < batch.count(); i++) {
      cut += batch.marks(i) & FrameBatch.TRUNCATED;
      guesses += (batch.marks(i) & FrameBatch.GUESSED) == 0 ? 0 : 1;
    }
    if (cut + guesses > 0) {
      truncated.increment(cut);
      guessed.increment(guesses);
    }
  }
}
