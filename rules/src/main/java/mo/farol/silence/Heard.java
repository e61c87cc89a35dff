package mo.farol.silence;

import java.time.Duration;
import java.time.Instant;
import mo.farol.event.Micros;
import mo.farol.event.Source;

/** What is known of one source. Guarded by its owner's lock. */
final class Heard {
  private static final double FORGET = 0.02;
  private static final long MINUTE = 60_000_000L;
  private static final int MINUTES = 5;
  // A source that says little is known by its weeks, once it spoke in some of them.
  private static final int SURE_WEEKS = 3;
  private static final int FEW_EVENTS = 4;
  private static final long LONG_KNOWN = 7 * 24 * 60 * MINUTE;

  final Source source;
  String input = "";
  long firstAt;
  long lastAt;
  long lastSequence = -1;
  long events;
  long rejected;
  long repeated;
  final Skew skew;
  final Gaps gaps;
  final Cadence cadence;
  // A slowly forgetting maximum of the pauses: the longest usual one.
  double longestMicros;
  boolean told;
  // Known for long enough that it is not taken for an invented name.
  boolean settled;
  private final long[] perMinute = new long[MINUTES];
  private long minute;

  Heard(Source source, long at, Hours hours) {
    this(source, at, 0, new Gaps(0, 0), new Cadence(hours, at));
  }

  private Heard(Source source, long at, long skewMicros, Gaps gaps, Cadence cadence) {
    this.source = source;
    this.cadence = cadence;
    skew = new Skew(skewMicros);
    this.gaps = gaps;
    firstAt = at;
    lastAt = at;
  }

  /**
   * @param at now: what came before it is not heard any more
   */
  Heard(Remembered known, Hours hours, long at) {
    this(
        new Source(known.agency(), known.host()),
        known.firstAt(),
        known.skewMicros(),
        new Gaps(known.missing(), known.lastNumber()),
        new Cadence(hours, at));
    input = known.input();
    lastAt = known.lastAt();
    lastSequence = known.lastSequence();
    events = known.events();
    rejected = known.rejected();
    repeated = known.repeated();
    longestMicros = known.longestMicros();
    told = known.told();
  }

  Remembered remembered() {
    return new Remembered(
        source.agency(),
        source.host(),
        input,
        firstAt,
        lastAt,
        lastSequence,
        events,
        rejected,
        repeated,
        skew.micros(),
        gaps.missing(),
        gaps.last(),
        longestMicros,
        told);
  }

  void hear(long at, long sequence, boolean wasRejected, String by, Outages away) {
    double gap = Math.max(0, at - lastAt - away.within(lastAt, at));
    longestMicros = Math.max(gap, longestMicros * (1 - FORGET) + gap * FORGET);
    lastAt = Math.max(lastAt, at);
    lastSequence = sequence;
    input = by;
    events++;
    rejected += wasRejected ? 1 : 0;
    told = false;
    cadence.hear(at);
    roll(at / MINUTE);
    perMinute[(int) (minute % MINUTES)]++;
  }

  /** Longest pause still usual; zero while too little was heard to say. */
  Duration expected(SilenceConfig config) {
    boolean isKnown =
        events >= config.minimumEvents()
            || events >= FEW_EVENTS && cadence.pace.weeks() >= SURE_WEEKS;
    if (!isKnown || lastAt - firstAt < config.minimumSpan().toNanos() / 1000) {
      return Duration.ZERO;
    }
    long micros = (long) (longestMicros * config.slack());
    long floor = config.floor().toNanos() / 1000;
    long ceiling = Math.max(floor, config.ceiling().toNanos() / 1000);
    return Duration.ofNanos(Math.clamp(micros, floor, ceiling) * 1000);
  }

  /** Whether it was heard as only a source that is there is. */
  boolean isSettled(SilenceConfig config) {
    return lastAt - firstAt >= LONG_KNOWN || !expected(config).isZero();
  }

  /**
   * Whether the pause is longer than is usual, also at this hour of the week.
   *
   * @param since a pause of minutes is counted from here at the earliest
   */
  boolean isSilent(SilenceConfig config, Instant now, long since, Outages away) {
    return isQuiet(config, now, since) && cadence.isMissed(lastAt, Micros.of(now), away);
  }

  /** Whether the pause is longer than most, whatever is usual at this hour. */
  boolean isQuiet(SilenceConfig config, Instant now, long since) {
    var expected = expected(config);
    long pause = Micros.of(now) - Math.max(lastAt, since);
    return !expected.isZero() && pause > expected.toNanos() / 1000;
  }

  /** How today stands with it, if it keeps days off. */
  Pace.Day day(Outages away, long nowMicros) {
    return cadence.pace.day(lastAt, nowMicros, away, false);
  }

  /** The same, where others are to be judged by it. */
  Pace.Day sureDay(Outages away, long nowMicros) {
    return cadence.pace.day(lastAt, nowMicros, away, true);
  }

  boolean isBeyondPauses(Outages away, long nowMicros) {
    return cadence.pace.isBeyondPauses(lastAt, nowMicros, away);
  }

  /** Our clock was ahead and was put back: nothing was heard after now. */
  void back(long now) {
    lastAt = Math.min(lastAt, now);
    firstAt = Math.min(firstAt, now);
    minute = Math.min(minute, now / MINUTE);
    skew.back();
    cadence.back(now);
  }

  SourceHealth health(SilenceConfig config, Instant now, long agencyDropped, Outages away) {
    roll(Micros.of(now) / MINUTE);
    long lately = 0;
    for (long count : perMinute) {
      lately += count;
    }
    long micros = Micros.of(now);
    double minutes = Math.clamp((Micros.of(now) - firstAt) / (double) MINUTE, 1, MINUTES);
    return new SourceHealth(
        source,
        input,
        Micros.toInstant(firstAt),
        Micros.toInstant(lastAt),
        events,
        rejected,
        repeated,
        lately / minutes,
        Duration.ofNanos(skew.micros() * 1000),
        gaps.missing(),
        agencyDropped,
        expected(config),
        told || isSilent(config, now, 0, away),
        new SourceHealth.Volume(
            cadence.pace.lastHour(), cadence.pace.usual(micros), cadence.pace.weeks(micros)),
        cadence.troubles());
  }

  private void roll(long now) {
    for (long m = Math.max(minute + 1, now - MINUTES + 1); m <= now; m++) {
      perMinute[(int) (m % MINUTES)] = 0;
    }
    minute = Math.max(minute, now);
  }
}
