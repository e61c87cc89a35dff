package mo.farol.alert;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.stream.Collectors;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.silence.Silence;
import mo.farol.silence.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detection anew over what a journal holds, without a centre: the same parser, rules, windows and
 * decisions, time being that of receipt. Indicators and silences are those that the alerts of the
 * day tell of ({@link Recalled}); the centre's own troubles are not told again.
 */
public final class DetectionReplay implements AutoCloseable {
  /** A silence and what speaks against it: an event of the source when none came, it was told. */
  public record Contradiction(String alert, long event, Instant receivedAt) {}

  private static final Logger LOG = LoggerFactory.getLogger(DetectionReplay.class);
  private static final int FRAMES = 4096; // as much as a centre hands over at once

  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5); // received, and not yet heard

  private final Told book;
  private final Watch watch;
  private final int faults; // of the decision rules before anything was taken
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();
  private final Queue<Silence> silences; // each once, however many alerts tell of it
  private final List<Recalled.Quiet> unheard;
  private final NavigableSet<Long> later;
  private final Map<String, Contradiction> contradicted = new LinkedHashMap<>();
  private Instant now = Instant.EPOCH;
  private long failed;

  /**
   * @param closed alerts that people closed, as they were then: what comes to their groups
   *     afterwards is another alert
   * @param recalled what alerts say of the day
   */
  public DetectionReplay(
      RuleSet rules, DecisionBook decisions, Map<String, Alert> closed, Recalled recalled) {
    book = new Told(closed);
    faults = decisions.faults().size();
    watch = OfflineWatch.watch(rules, decisions, book, () -> now);
    watch.seek(recalled);
    silences =
        recalled.silences().stream()
            .map(Recalled.Quiet::silence)
            .distinct()
            .collect(Collectors.toCollection(ArrayDeque::new));
    unheard =
        recalled.silences().stream()
            .filter(each -> each.silence().trouble().kind() == Trouble.Kind.SILENT)
            .toList();
    later = recalled.readLater();
  }

  /** Says who is asked about an alert before it goes out; before anything is taken. */
  public void heed(AlertContext context) {
    watch.heed(context);
  }

  /**
   * Takes the next block of the journal.
   *
   * @param end events from here on were not watched
   */
  public void take(EventLog.Block block, long end) {
    var receivedAt = Micros.toInstant(block.frames().receivedAtMicros());
    now = receivedAt.isAfter(now) ? receivedAt : now;
    tellSilences();
    long next = block.firstSequence();
    long stop = Math.min(end, block.nextSequence());
    for (long left : later.subSet(next, Math.max(next, stop))) {
      hand(block, next, left); // it could not be read then
      next = left + 1;
    }
    hand(block, next, stop);
    watch.pulse(false);
  }

  private void tellSilences() {
    while (!silences.isEmpty() && !silences.peek().noticedAt().isAfter(now)) {
      watch.silent(silences.remove());
    }
  }

  /**
   * Looks at a frame that was read again later, after all that came.
   *
   * @param lane where such frames are watched
   */
  public void again(EventLog.Block block, long sequence, String lane) {
    var frame = block.frames().slice((int) (sequence - block.firstSequence()), 1);
    var o = frame.origin();
    var origin =
        new Origin(
            o.agency(),
            o.input(),
            o.peer(),
            o.isLive() ? lane : o.lane(),
            o.exercise(),
            o.format(),
            o.year(),
            o.zone());
    parser.parse(frame.withOrigin(origin), sequence, block.position(), events);
    watch.again(events);
  }

  private void hand(EventLog.Block block, long from, long to) {
    for (long first = from; first < to; first += FRAMES) {
      int place = (int) (first - block.firstSequence());
      var frames = block.frames().slice(place, (int) Math.min(FRAMES, to - first));
      try {
        hand(frames, first, block.position());
      } catch (RuntimeException | StackOverflowError e) {
        oneByOne(frames, first, block.position());
      }
    }
  }

  // As a centre does: an event that detection fails on is left out, the others are not.
  private void oneByOne(FrameBatch frames, long first, long position) {
    for (int i = 0; i < frames.count(); i++) {
      try {
        hand(frames.slice(i, 1), first + i, position);
      } catch (RuntimeException | StackOverflowError e) {
        failed++;
        LOG.warn("detection failed on event {}", first + i, e);
      }
    }
  }

  private void hand(FrameBatch frames, long first, long position) {
    parser.parse(frames, first, position, events);
    hear();
    watch.accept(events);
  }

  // Who was told to be silent and speaks.
  private void hear() {
    if (!unheard.isEmpty() && events.origin().isLive() && !events.origin().exercise()) {
      for (var each : unheard) {
        var silence = each.silence();
        if (silence.source().agency().equals(events.origin().agency())
            && events.nextSequence() - 1 > silence.lastSequence()
            && now.isBefore(silence.noticedAt().minus(ON_ITS_WAY))) {
          hear(each);
        }
      }
    }
  }

  private void hear(Recalled.Quiet quiet) {
    byte[] host = quiet.silence().source().host().getBytes(StandardCharsets.UTF_8);
    for (int i = events.first(); i < events.count(); i++) {
      long sequence = events.sequence(i);
      if (sequence > quiet.silence().lastSequence() && isOf(host, i)) {
        contradicted.putIfAbsent(quiet.alert(), new Contradiction(quiet.alert(), sequence, now));
        return;
      }
    }
  }

  private boolean isOf(byte[] host, int i) {
    int k = events.find(i, Fields.HOST_NAME);
    return k < 0
        ? Arrays.equals(host, events.origin().peer().getBytes(StandardCharsets.UTF_8))
        : Arrays.equals(
            host,
            0,
            host.length,
            events.bytes(k),
            events.start(k),
            events.start(k) + events.length(k));
  }

  /**
   * Nothing more comes; every alert there is, the oldest first. What the events say is raised when
   * the last of them came, whatever was held back to be merged; after that only what time tells.
   *
   * @param until how far time went on
   */
  public List<Alert> end(Instant until) {
    watch.conclude();
    now = until.isAfter(now) ? until : now;
    tellSilences();
    watch.goOn(now);
    now = now.plusSeconds(1);
    watch.pulse(false);
    return List.copyOf(book.alerts.values());
  }

  /** Silences that the journal speaks against, by alert. */
  public Map<String, Contradiction> contradicted() {
    return contradicted;
  }

  /** Decision rules that were taken out on the way, for they cost too much; what each would say. */
  public List<DrlFault> takenOut() {
    var now = watch.decisions().faults();
    return List.copyOf(now.subList(faults, now.size()));
  }

  /** Events that detection failed on. */
  public long failed() {
    return failed;
  }

  @Override
  public void close() {
    watch.close();
  }

  /** Alerts kept in memory. */
  private static final class Told implements AlertBook {
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Alert> closed;

    Told(Map<String, Alert> closed) {
      this.closed = closed;
    }

    @Override
    public long next() {
      return 0;
    }

    @Override
    public List<Alert> growing() {
      return List.of();
    }

    // It was closed when it was as it is in the ledger, and not before.
    @Override
    public boolean isClosed(String id) {
      var then = closed.get(id);
      var told = alerts.get(id);
      return then != null && told != null && told.count() >= then.count();
    }

    @Override
    public void save(Alert alert) {
      alerts.put(alert.id(), alert);
    }

    @Override
    public void checkpoint(long next) {
      // memory is as durable as this gets
    }
  }
}
