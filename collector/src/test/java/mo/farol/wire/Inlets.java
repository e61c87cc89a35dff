package mo.farol.wire;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.journal.EventLog;

/** What inputs are given in tests: a log, a still clock, no quotas, 64 MiB that may wait. */
public final class Inlets {
  private static final int MOST_OF_AGENCY = 1000;

  private Inlets() {}

  public static Inlet over(EventLog log, MeterRegistry metrics, int frameLimit) {
    return over(log, metrics, frameLimit, new Budget(64L << 20));
  }

  public static Inlet over(EventLog log, MeterRegistry metrics, int frameLimit, Budget budget) {
    long bound = 64L << 20;
    var counts = new Counts(metrics);
    return new Inlet(
        log,
        InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z")),
        counts,
        new AtomicLong(),
        bound,
        new Shares(Quotas.NONE, bound, System::nanoTime, metrics),
        new Doubts(System::nanoTime, metrics),
        budget,
        new Agencies(MOST_OF_AGENCY, counts),
        frameLimit);
  }
}
