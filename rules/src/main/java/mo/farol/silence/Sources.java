package mo.farol.silence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final SilenceConfig config;
  private final InstantSource clock;
  private final Instant startedAt;
  private final long startedMicros;
  private final Optional<Path> file;
  // Least recently heard first, so that a flood of invented hosts pushes out the oldest.
  private final LinkedHashMap<HostKey, Heard> heard = new LinkedHashMap<>(256, 0.75f, true);
  private final HostKey probe = new HostKey();
  private final Hours hours;
  private final DayOff dayOff = new DayOff();
  private long lookedAt;
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
    startedAt = clock.instant();
    startedMicros = Micros.of(startedAt);
    file.ifPresent(this::load);
  }

  /** Takes note of who speaks; an event heard before counts once. */
  public synchronized void accept(EventBatch batch) {
    if (!batch.origin().isLive() || batch.origin().exercise()) {
      return;
    }
    long at = batch.frames().receivedAtMicros();
    for (int i = batch.first(); i < batch.count(); i++) {
      var one = heard(batch, i, at);
      if (batch.sequence(i) > one.lastSequence) {
        one.hear(at, batch.sequence(i), batch.rejection(i) != null, batch.origin().input());
        one.repeated += isRepeat(batch, i) ? 1 : 0;
        one.skew.hear(batch.occurredAtMicros(i), at);
        number(batch, i, one);
        program(batch, i, one, at);
      }
    }
    while (heard.size() > config.sources()) {
      forget(heard.keySet().iterator().next());
    }
  }

  /**
   * Sources that have just become unusual; each pause, fall or other trouble is told once. Time
   * before this process started is no pause: the centre, not the source, may have been away. To be
   * asked only while nothing durable waits to be heard.
   */
  public synchronized List<Silence> due(Instant now) {
    var due = new ArrayList<Silence>();
    lookAtTroubles(now, due);
    Map<String, Boolean> whole = new HashMap<>();
    for (var one : heard.values()) {
      if (!one.told && one.isSilent(config, now, startedAt)) {
        one.told = true;
        var trouble = one.cadence.pace.silence(Micros.toInstant(one.lastAt), Micros.of(now));
        var told = trouble.asOnDayOff(dayOff.is(one, heard.values(), now));
        one.cadence.silent(told);
        learned = true;
        String agency = one.source.agency();
        boolean all = whole.computeIfAbsent(agency, a -> isWholeAgency(a, now));
        due.add(silence(one, now, all, told));
      }
    }
    return due;
  }

  // Once a minute: volumes and clocks are of hours and minutes.
  private void lookAtTroubles(Instant now, List<Silence> due) {
    long minute = now.getEpochSecond() / 60;
    if (minute == lookedAt) {
      return;
    }
    lookedAt = minute;
    long micros = Micros.of(now);
    for (var one : heard.values()) {
      learned |= one.cadence.pace.roll(micros, !one.told);
      for (var each : one.cadence.due(now, one, one.skew.told(), startedMicros)) {
        boolean off = each.kind() == Trouble.Kind.FALL && dayOff.is(one, heard.values(), now);
        learned = true;
        due.add(silence(one, now, false, each.asOnDayOff(off)));
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
        .map(h -> h.health(config, now, dropped(h.source.agency())))
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
    file.ifPresent(path -> SourcesFile.write(path, remembered()));
    file.ifPresent(path -> whatIsUsual().ifPresent(b -> CadenceFile.write(beside(path), b)));
  }

  private static Path beside(Path sources) {
    return sources.resolveSibling(sources.getFileName() + ".cadence");
  }

  private synchronized Optional<byte[]> whatIsUsual() {
    boolean changed = learned;
    learned = false;
    return changed ? Optional.of(CadenceFile.encode(heard.values())) : Optional.empty();
  }

  private void load(Path path) {
    for (var known : SourcesFile.read(path)) {
      var one = new Heard(known, hours, startedMicros);
      if (heard.putIfAbsent(HostKey.of(one.source), one) == null) {
        missing.add(one.source.agency(), one.gaps.missing());
      }
    }
    CadenceFile.read(beside(path), this::cadence);
  }

  private Cadence cadence(String agency, String host) {
    var one = heard.get(HostKey.of(new Source(agency, host)));
    return one == null ? new Cadence(hours, startedMicros) : one.cadence;
  }

  private void forget(HostKey key) {
    var one = heard.remove(key);
    if (one != null) {
      missing.add(one.source.agency(), -one.gaps.missing());
    }
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
          batch.bytes(k), batch.start(k), batch.length(k), at, one.events, startedMicros);
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

  // Sources too little known to have a cadence say nothing either way.
  private boolean isWholeAgency(String agency, Instant now) {
    return heard.values().stream()
        .filter(h -> h.source.agency().equals(agency) && !h.expected(config).isZero())
        .allMatch(h -> h.isSilent(config, now, startedAt));
  }
}
