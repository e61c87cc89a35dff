package mo.farol.indicator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indicators of a centre, kept fresh: files that change are read again within seconds and TAXII
 * collections are asked on their schedule, on virtual threads; sets are swapped whole, and what is
 * new is told to whoever looks back. Only the first set is waited for, by whoever matches: no event
 * passes unseen while the centre starts.
 */
public final class Watchlist implements AutoCloseable {
  /** The folder of indicators within the rules of a home. */
  public static final String FOLDER = "indicators";

  private static final Logger LOG = LoggerFactory.getLogger(Watchlist.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

  /**
   * How a source stands.
   *
   * @param isAdded whether it can be removed by command, page or API
   * @param nextAt when its collection is asked next; empty for a file
   * @param fault why its collection did not answer
   */
  public record Standing(
      SourceReport report, boolean isAdded, Optional<Instant> nextAt, Optional<String> fault) {}

  /** Keeps who did what. */
  @FunctionalInterface
  public interface Acts {
    /** Told of each source that was added or removed. */
    void done(String by, String what, String on, String detail);
  }

  private final Path folder;
  private final InstantSource clock;
  private final Indicators indicators;
  private final TaxiiFeeds feeds;
  private final SourceShelf shelf;
  private final HitLog hits;
  private final IndicatorMatcher matcher;
  private final Counter hitCounter;
  private final Counter faults;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile CompletableFuture<Boolean> first = CompletableFuture.completedFuture(true);
  private volatile Novelties novelties = Novelties.NONE;
  private volatile Acts acts = (_, _, _, _) -> {};
  private NewOnes fresh;
  private Instant tellAt = Instant.EPOCH;

  /**
   * Over a folder, which may be absent; nothing is read yet.
   *
   * @param keys the folder that holds secrets of collections
   */
  public Watchlist(Path folder, Path keys, InstantSource clock, MeterRegistry metrics) {
    this.folder = folder;
    this.clock = clock;
    indicators = Indicators.home(folder, clock);
    shelf = new SourceShelf(folder, clock);
    hits = new HitLog(folder.resolve(".hits.json"));
    matcher = new IndicatorMatcher(this::awaited);
    fresh = new NewOnes(folder.resolve(".known"), Novelties.NONE);
    hitCounter = metrics.counter("farol_indicator_hits_total");
    faults = metrics.counter("farol_indicator_refresh_faults_total");
    var unanswered = metrics.counter("farol_indicator_feed_faults_total");
    feeds = new TaxiiFeeds(folder, keys, clock, unanswered::increment);
    measure(metrics);
  }

  private void measure(MeterRegistry metrics) {
    for (Kind kind : Kind.values()) {
      Gauge.builder("farol_indicator_values", indicators, i -> i.current().size(kind))
          .tag("kind", kind.word())
          .register(metrics);
    }
    Gauge.builder("farol_indicator_set_bytes", indicators, i -> i.current().bytes())
        .register(metrics);
    Gauge.builder("farol_indicator_muted_values", indicators, i -> i.report().muted())
        .register(metrics);
    Gauge.builder("farol_indicator_refused_entries", indicators, i -> i.report().refusedCount())
        .register(metrics);
    Gauge.builder(
            "farol_indicator_read_timestamp_seconds",
            indicators,
            i -> i.report().readAt().getEpochSecond())
        .register(metrics);
    FunctionCounter.builder("farol_indicator_muted_hits_total", matcher, IndicatorMatcher::muted)
        .register(metrics);
    FunctionCounter.builder("farol_indicator_cut_hits_total", matcher, IndicatorMatcher::cut)
        .register(metrics);
  }

  /** Says who looks back for what is new; before {@link #start}. */
  public void tell(Novelties to) {
    novelties = to;
    fresh = new NewOnes(folder.resolve(".known"), to);
  }

  /** Says who keeps what people do; before {@link #start}. */
  public void recordIn(Acts to) {
    acts = to;
  }

  /** Begins to read and to keep fresh. */
  public Watchlist start() {
    first = new CompletableFuture<>();
    Thread.ofVirtual().name("indicators").start(this::keep);
    return this;
  }

  private void keep() {
    try {
      Duration pause;
      do {
        pause = lookAnyway();
      } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      first.complete(true);
    }
  }

  /**
   * Looks, and where that breaks, even for want of memory, says so and lets detection go on.
   *
   * @return how long to wait for the next time
   */
  Duration lookAnyway() {
    try {
      look();
      return LOOK;
    } catch (RuntimeException | Error e) {
      first.complete(true);
      indicators.broke(e);
      faults.increment();
      LOG.error("indicators are not kept fresh, the last stay in force; tried in a minute", e);
      return TRY_AGAIN;
    }
  }

  /** Reads what has changed, asks who is due, tells what is new; does so by itself once started. */
  public synchronized void look() {
    var fault = indicators.report().fault();
    indicators.refresh();
    first.complete(true);
    var now = indicators.report().fault();
    if (now.isPresent() && !now.equals(fault)) {
      faults.increment();
      LOG.error("indicators that changed are not read, the last stay in force: {}", now.get());
    }
    feeds.ask(indicators.report().sources().stream().map(SourceReport::source).toList());
    tell();
  }

  private void tell() {
    var now = clock.instant();
    var report = indicators.report();
    boolean isOld = report.fault().isPresent(); // at the start even empty
    if (isOld || novelties.equals(Novelties.NONE) || now.isBefore(tellAt)) {
      return;
    }
    try {
      fresh.look(indicators.current(), report.isWhole(), now);
    } catch (RuntimeException e) {
      tellAt = now.plus(TRY_AGAIN);
      LOG.warn("what is new among the indicators is told or kept in a minute", e);
    }
  }

  private IndicatorSet awaited() {
    var reading = first;
    if (!reading.isDone()) {
      reading.join();
    }
    return indicators.current();
  }

  /** Matches against these indicators; one thread, that which watches. */
  public IndicatorMatcher matcher() {
    return matcher;
  }

  /** Takes a hit to the log of hits and counts it; the thread that watches. */
  public void sighted(IndicatorHit hit, String host, boolean exercise) {
    hitCounter.increment();
    hits.take(hit, host, exercise);
  }

  /** The newest hits. */
  public HitLog hits() {
    return hits;
  }

  /**
   * Hits at or after a time, newest first, that a reader may know of: by their label, or since all
   * that told the indicator are lists meant for the reader by name.
   */
  public List<HitLog.Row> hits(long fromMillis, IndicatorReader reader) {
    var named =
        indicators.report().sources().stream()
            .map(SourceReport::source)
            .filter(s -> !s.agencies().isEmpty() && reader.mayRead(Tlp.RED, s.agencies()))
            .map(IndicatorSource::name)
            .collect(Collectors.toSet());
    return hits.since(fromMillis, reader.scope()).stream()
        .filter(
            row -> reader.mayReadHit(row.tlp(), row.agency()) || named.containsAll(row.sources()))
        .toList();
  }

  /** The set in force. */
  public IndicatorSet current() {
    return indicators.current();
  }

  /** What it was read from. */
  public IndicatorReport report() {
    return indicators.report();
  }

  /** How the sources stand that a reader may know of. */
  public List<Standing> standing(IndicatorReader reader) {
    var added = shelf.names();
    return indicators.report().sources().stream()
        .filter(r -> reader.mayRead(r.source().tlp(), r.source().agencies()))
        .map(r -> standing(r, added.contains(r.source().name())))
        .toList();
  }

  private Standing standing(SourceReport report, boolean isAdded) {
    var feed = feeds.standing(report.source().name());
    return new Standing(
        report,
        isAdded,
        feed.map(TaxiiFeeds.Standing::nextAt),
        feed.flatMap(TaxiiFeeds.Standing::fault));
  }

  /** Adds a source as {@link SourceShelf#add} does, and reads it at once. */
  public SourceReport add(NewSource source, byte[] bytes) {
    var report = shelf.add(source, bytes);
    acts.done(source.by(), "indicators.added", source.name(), report.liveCount() + " live");
    look();
    return report;
  }

  /** Removes a source as {@link SourceShelf#remove} does, at once. */
  public void remove(String name, String by) {
    shelf.remove(name);
    acts.done(by, "indicators.removed", name, "");
    look();
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
