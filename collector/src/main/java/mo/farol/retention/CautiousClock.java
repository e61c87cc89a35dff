package mo.farol.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import mo.farol.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which what is kept grows old. A clock that is suddenly years ahead must not remove
 * everything: it is believed up to seven days beyond what was received last before the start, or
 * beyond the start itself where that is near, and from then on as time really passes. Where it is
 * further ahead, things grow old at their own pace until a restart. A clock that goes back is
 * believed, for it removes nothing. Any thread.
 */
public final class CautiousClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(CautiousClock.class);
  private static final Duration BELIEVED = Duration.ofDays(7);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final long startNanos;
  private final Instant start;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param newest when the newest that is kept was received
   * @param nanos passes however the clock is set, in nanoseconds
   */
  CautiousClock(InstantSource clock, Instant newest, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    startNanos = nanos.getAsLong();
    var now = clock.instant();
    boolean isNear = now.isAfter(newest) && !now.isAfter(newest.plus(BELIEVED));
    start = isNear ? now : newest;
  }

  /**
   * A clock seen with the caution that a journal gives reason for: what of it can be read, whatever
   * became of its end. Where it has frames and neither they nor heads tell a time, nothing grows
   * old.
   *
   * @param sealedAt when the newest head was signed
   */
  public static CautiousClock over(
      InstantSource clock, Journal journal, Optional<Instant> sealedAt) {
    var newest =
        Stream.concat(journal.lastReceivedAt().stream(), sealedAt.stream())
            .max(Comparator.naturalOrder())
            .orElseGet(() -> journal.durable() == 0 ? clock.instant() : Instant.EPOCH);
    return new CautiousClock(clock, newest, System::nanoTime);
  }

  /** The time, as far as it is believed. */
  @Override
  public Instant instant() {
    var now = clock.instant();
    var latest = latest();
    if (!now.isAfter(latest)) {
      told.set(false);
      return now;
    }
    if (told.compareAndSet(false, true)) {
      LOG.error(
          "the clock says {}, which is not believed: retention goes on as if it were {}; set the"
              + " clock right, or restart where it is",
          now,
          latest);
    }
    return latest;
  }

  /** How far the clock is ahead of what is believed; nothing where it is believed. */
  public Duration ahead() {
    var ahead = Duration.between(latest(), clock.instant());
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }

  private Instant latest() {
    return start.plusNanos(nanos.getAsLong() - startNanos).plus(BELIEVED);
  }
}
