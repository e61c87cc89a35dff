package mo.farol.silence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.event.Source;
import org.jspecify.annotations.Nullable;

/**
 * Every live source: when it was last heard, how often it speaks, whether it has gone quiet. Drills
 * and imports are not heard: they say nothing about a source. One thread tells it, any may ask.
 */
public final class Sources {
  private static final String CADENCE = ".cadence";
  private static final String AWAY = ".away";
  private static final int HOUR = 60;
  private static final long ASLEEP = 6 * 3600_000_000L;
  private static final long PUT_BACK = 3600_000_000L;
  private static final long LONG_GONE = 60 * 24 * 3600_000_000L;

  private final SilenceConfig config;
  private final InstantSource clock;
  private final Optional<Path> file;
  private final SourceTable heard;
  private final Outages away;
  private final HostKey probe = new HostKey();
  private final Hours hours;
  private long lookedAt;
  // When we heard or looked last.
  private long activeAt;
  // Something that only the cadence's file knows has changed.
  private boolean learned;
  private final Missing missing;
  private volatile ToLongFunction<String> drops = _ -> 0;

  /** Sources that a restart forgets. */
  public Sources(SilenceConfig config, InstantSource clock) {
    this(config, clock, Optional.empty(), new SimpleMeterRegistry());
  }

  /**
   * @param file remembers the sources over a restart: read now, written by {@link #checkpoint}
   */
  public Sources(
      SilenceConfig config, InstantSource clock, Optional<Path> file, MeterRegistry metrics) {
    missing = new Missing(metrics);
    this.config = config;
    hours = new Hours(config.zone());
    this.file = file;
    this.clock = clock;
    heard = new SourceTable(config.sources());
    activeAt = Micros.of(clock.instant());
    away = new Outages(activeAt);
    file.ifPresent(path -> load(path, activeAt));
  }

  /** Takes note of who speaks; an event heard before counts once. */
  public synchronized void accept(EventBatch batch) {
    if (!batch.origin().isLive() || batch.origin().exercise()) {
      return;
    }
    long at = batch.frames().receivedAtMicros();
    awake(at);
    for (int i = batch.first(); i < batch.count(); i++) {
      var one = heard(batch, i, at);
      if (batch.sequence(i) > one.lastSequence) {
        one.hear(at, batch.sequence(i), batch.rejection(i) != null, batch.origin().input(), away);
        one.repeated += isRepeat(batch, i) ? 1 : 0;
        one.skew.hear(batch.occurredAtMicros(i), at);
        number(batch, i, one);
        program(batch, i, one, at);
        if (!one.settled && one.isSettled(config)) {
          heard.settle(probe.copy(), one);
        }
      }
    }
    heard.shrink(batch.origin().agency()).forEach(this::forgotten);
  }

  // A long time without a word or a look is no pause of anybody's: we slept, or our clock leapt.
  private void awake(long at) {
    if (at - activeAt > ASLEEP) {
      away.add(activeAt, at);
    }
    activeAt = Math.max(activeAt, at);
  }

  private void wentBack(long now) {
    activeAt = now;
    away.back(now);
    heard.values().forEach(one -> one.back(now));
  }

  /**
   * Sources that have just become unusual; each pause, fall or other trouble is told once. Time
   * before this process started is no pause: the centre, not the source, may have been away. To be
   * asked only while nothing durable waits to be heard.
   */
  public synchronized List<Silence> due(Instant now) {
    long micros = Micros.of(now);
    if (micros < activeAt - PUT_BACK) {
      wentBack(micros);
    }
    awake(micros);
    var due = new ArrayList<Silence>();
    var dayOff = new DayOff(heard.values(), away, now);
    Map<String, Boolean> whole = new HashMap<>();
    lookAtTroubles(now, dayOff, whole, due);
    for (var one : heard.values()) {
      if (!one.told && one.isSilent(config, now, away.since(), away)) {
        due.add(silent(one, now, dayOff.is(one), whole));
      }
    }
    return due;
  }

  private Silence silent(Heard one, Instant now, boolean off, Map<String, Boolean> whole) {
    one.told = true;
    var trouble = one.cadence.pace.silence(Micros.toInstant(one.lastAt), Micros.of(now));
    var told = trouble.asOnDayOff(off);
    one.cadence.silent(told, Micros.of(now));
    learned = true;
    String agency = one.source.agency();
    boolean all = whole.computeIfAbsent(agency, a -> isWholeAgency(a, now));
    return silence(one, now, all, told);
  }

  // Once a minute: volumes and clocks are of hours and minutes.
  private void lookAtTroubles(
      Instant now, DayOff dayOff, Map<String, Boolean> whole, List<Silence> due) {
    long minute = now.getEpochSecond() / 60;
    if (minute == lookedAt) {
      return;
    }
    lookedAt = minute;
    long micros = Micros.of(now);
    if (minute % HOUR == 0) {
      heard.forget(micros - LONG_GONE).forEach(this::forgotten);
    }
    for (var one : heard.values()) {
      learned |= one.cadence.pace.roll(micros, !one.told);
      for (var each : one.cadence.due(now, one, one.skew.told(), away)) {
        boolean off = each.kind() == Trouble.Kind.FALL && dayOff.is(one);
        learned = true;
        due.add(silence(one, now, false, each.asOnDayOff(off)));
      }
      if (one.cadence.isOff() && dayOff.isOver(one)) {
        due.add(silent(one, now, false, whole));
      }
    }
  }

  private Silence silence(Heard one, Instant now, boolean whole, Trouble trouble) {
    return new Silence(
        one.source,
        Micros.toInstant(one.lastAt),
        one.lastSequence,
        one.expected(config),
        now,
        whole,
        trouble);
  }

  /** How every source in scope is. */
  public synchronized List<SourceHealth> health(Scope scope) {
    var now = clock.instant();
    return heard.values().stream()
        .filter(h -> scope.sees(h.source.agency()))
        .map(h -> h.health(config, now, dropped(h.source.agency()), away))
        .toList();
  }

  /** Says who knows how many frames of an agency arrived and were not kept. */
  public void countDrops(ToLongFunction<String> byAgency) {
    drops = byAgency;
  }

  /** Frames of an agency that arrived and were not kept, since the start. */
  public long dropped(String agency) {
    return drops.applyAsLong(agency);
  }

  /** Writes what is known to the file, in one move; what is usual, when that changed. */
  public void checkpoint() {
    file.ifPresent(
        path -> {
          SourcesFile.write(path, remembered());
          AwayFile.write(beside(path, AWAY), awayNow());
          whatIsUsual().ifPresent(bytes -> CadenceFile.write(beside(path, CADENCE), bytes));
        });
  }

  /** Writes all that is known, the hour that runs included: before an end. */
  public void end() {
    synchronized (this) {
      learned = true;
    }
    checkpoint();
  }

  private static Path beside(Path sources, String what) {
    return sources.resolveSibling(sources.getFileName() + what);
  }

  private synchronized AwayFile.Kept awayNow() {
    return new AwayFile.Kept(Micros.of(clock.instant()), away.spans());
  }

  private synchronized Optional<byte[]> whatIsUsual() {
    boolean changed = learned;
    learned = false;
    return changed ? Optional.of(CadenceFile.encode(heard.values())) : Optional.empty();
  }

  private void load(Path path, long at) {
    long heardAt = 0;
    for (var known : SourcesFile.read(path)) {
      var one = new Heard(known, hours, at);
      one.settled = one.isSettled(config);
      var key = HostKey.of(one.source);
      if (heard.get(key) == null) {
        heard.put(key, one);
        missing.add(one.source.agency(), one.gaps.missing());
        heardAt = Math.max(heardAt, one.lastAt);
      }
    }
    CadenceFile.read(beside(path, CADENCE), (agency, host) -> cadence(agency, host, at));
    var kept = AwayFile.read(beside(path, AWAY));
    kept.away().forEach(span -> away.add(span.from(), span.to()));
    long until = Math.max(kept.until(), heardAt);
    away.add(until == 0 ? at : until, at);
    if (until > at) {
      wentBack(at);
    }
  }

  private Cadence cadence(String agency, String host, long at) {
    var one = heard.get(HostKey.of(new Source(agency, host)));
    return one == null ? new Cadence(hours, at) : one.cadence;
  }

  private void forgotten(Heard one) {
    missing.add(one.source.agency(), -one.gaps.missing());
  }

  private synchronized List<Remembered> remembered() {
    return heard.values().stream().map(Heard::remembered).toList();
  }

  private static boolean isRepeat(EventBatch batch, int i) {
    return (batch.frames().marks(i) & FrameBatch.DUPLICATE) != 0;
  }

  private void number(EventBatch batch, int i, Heard one) {
    int k = batch.find(i, Fields.SYSLOG_SEQUENCE);
    long number = 0;
    for (int at = 0; k >= 0 && at < Math.min(batch.length(k), 10); at++) {
      byte b = batch.bytes(k)[batch.start(k) + at];
      number = b >= '0' && b <= '9' ? number * 10 + b - '0' : 0;
    }
    if (number > 0) {
      long before = one.gaps.missing();
      one.gaps.hear(number);
      long more = one.gaps.missing() - before;
      if (more != 0) {
        missing.add(one.source.agency(), more);
      }
    }
  }

  private void program(EventBatch batch, int i, Heard one, long at) {
    int k = batch.find(i, Fields.APP_NAME);
    if (k >= 0) {
      one.cadence.hearProgram(
          batch.bytes(k), batch.start(k), batch.length(k), at, one.events, away);
    }
  }

  // Looks a known source up by the bytes of its name, without a string.
  private Heard heard(EventBatch batch, int i, long at) {
    int k = batch.find(i, Fields.HOST_NAME);
    @Nullable Heard known;
    if (k < 0) {
      probe.set(batch.origin().agency(), batch.origin().peer());
    } else {
      probe.set(batch.origin().agency(), batch.bytes(k), batch.start(k), batch.length(k));
    }
    known = heard.get(probe);
    if (known == null) {
      var key = probe.copy();
      known = new Heard(key.source(), at, hours);
      heard.put(key, known);
      missing.add(known.source.agency(), 0);
    }
    return known;
  }

  // Nobody is heard, and at least half are missed: the others may say nothing at this time anyway.
  // Sources too little known to have a cadence say nothing either way.
  private boolean isWholeAgency(String agency, Instant now) {
    int known = 0;
    int silent = 0;
    for (var one : heard.values()) {
      if (one.source.agency().equals(agency) && !one.expected(config).isZero()) {
        known++;
        if (one.isSilent(config, now, away.since(), away)) {
          silent++;
        } else if (!one.isQuiet(config, now, away.since())) {
          return false;
        }
      }
    }
    return silent * 2 >= known;
  }
}
