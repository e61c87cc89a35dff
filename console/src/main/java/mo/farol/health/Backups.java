package mo.farol.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the home is backed up as often as it is meant to be. Reads a small file of the home when
 * asked. Any thread.
 */
public final class Backups {
  /** So much two clocks may differ. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Path home;
  private final Optional<Duration> within;
  private final Supplier<Optional<Instant>> began;
  private final InstantSource clock;
  private volatile @Nullable Instant begun;

  /**
   * @param within longest time from one whole backup to the next; empty where nobody is to be told
   * @param began when the home first had something to be lost; asked until it is known
   */
  public Backups(
      Path home,
      Optional<Duration> within,
      Supplier<Optional<Instant>> began,
      InstantSource clock) {
    this.home = home;
    this.within = within;
    this.began = began;
    this.clock = clock;
  }

  /** What the home remembers of them. */
  public LastBackup last() {
    return LastBackup.in(home);
  }

  /** What is wrong with them, for people: what failed, or when the last one was made. */
  public Optional<String> wrong() {
    var last = last();
    if (last.failed().isPresent()) {
      return last.failed().map(told -> "%s: %s".formatted(told.at(), told.what()));
    }
    var from = last.whole().map(LastBackup.Told::at).or(this::begun);
    boolean isLate = within.isPresent() && from.isPresent() && !isWithin(from.get(), within.get());
    return isLate
        ? Optional.of(last.whole().map(t -> "%s: %s".formatted(t.at(), t.what())).orElse("—"))
        : Optional.empty();
  }

  // One of the future tells nothing: the clock was wrong then, or is now.
  private boolean isWithin(Instant from, Duration longest) {
    var age = Duration.between(from, clock.instant());
    return age.compareTo(AHEAD.negated()) >= 0 && age.compareTo(longest) <= 0;
  }

  /** Registers the age of the newest whole backup in seconds; none is not a number. */
  public Backups measure(MeterRegistry metrics) {
    Gauge.builder("farol_health_backup_seconds", this, Backups::age)
        .description("Seconds since the newest whole backup was begun")
        .register(metrics);
    return this;
  }

  private double age() {
    return last()
        .whole()
        .map(told -> Duration.between(told.at(), clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  private Optional<Instant> begun() {
    var known = begun;
    if (known == null) {
      known = began.get().orElse(null);
      begun = known;
    }
    return Optional.ofNullable(known);
  }
}
