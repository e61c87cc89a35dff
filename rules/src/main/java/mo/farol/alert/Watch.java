package mo.farol.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Sink;
import mo.farol.indicator.IndicatorMatcher;
import mo.farol.silence.Silence;
import mo.farol.silence.Sources;
import mo.farol.window.Windows;
import org.jspecify.annotations.Nullable;

/**
 * The whole of detection on one thread: events against rules, counts over time, silences,
 * decisions, and the alerts into their book. A view of the journal; its offset is the alert book's.
 * See the package for what a restart does.
 */
public final class Watch implements Sink, AutoCloseable {
  /** The least that a restart reads again, in time of receipt: the longest window of decisions. */
  public static final Duration MEMORY = Duration.ofMinutes(20);

  /** The most it reads again, however long the span of a correlation. */
  public static final Duration MEMORY_LIMIT = Duration.ofHours(2);

  private static final Duration IMPORT_OVER = Duration.ofHours(1);

  private final KeptWindows windows;
  private final PendingRules offer = new PendingRules();
  private final Sources sources;
  private final AlertDesk desk;
  private final LookBack lookBack;
  private final InstantSource clock;
  private final DetectionRouter router;
  private final Detector detector;
  private final Checkpoints checkpoints;
  private final IdleTasks idle;
  private final Housekeeping housekeeping;
  private final AtomicReference<@Nullable DecisionBook> decisionsToUse = new AtomicReference<>();
  private List<Alert> recent; // until the first batch

  /**
   * @param rules in force at the start
   * @param windows that count by the plan of these rules
   * @param raised told of new and changed alerts, once they are durable
   */
  public Watch(
      RuleSet rules,
      Windows windows,
      DecisionBook decisions,
      DeskConfig config,
      Sources sources,
      AlertBook book,
      LookBack lookBack,
      InstantSource clock,
      MeterRegistry metrics,
      Consumer<List<Alert>> raised) {
    this.sources = sources;
    this.lookBack = lookBack;
    this.clock = clock;
    desk =
        new AlertDesk(
            decisions,
            id -> rules().card(id),
            config,
            clock,
            metrics,
            book::isClosed,
            this::changed);
    long known = book.next();
    router = new DetectionRouter(desk, config, known, id -> rules().isRule(id));
    this.windows = new KeptWindows(windows, known, clock, router::crossed);
    detector = new Detector(rules, this.windows, router, desk::sighted);
    checkpoints = new Checkpoints(this.windows, desk, book, raised, known);
    idle = new IdleTasks(sources, desk);
    housekeeping = new Housekeeping(this.windows, desk, sources, checkpoints);
    detector.from(next());
    desk.resume(book.growing(), known);
    recent = book.recent();
    desk.remember(recent);
  }

  @Override
  public String name() {
    return "detect";
  }

  /** Begins before the checkpoint, so that windows and sessions remember what led up to it. */
  @Override
  public long next() {
    long durable = checkpoints.durable();
    long from = Math.min(durable, lookBack.earlier(durable, rules().memory()));
    return windows.next(from);
  }

  /**
   * Watches by other rules from the next batch on. No event is left out and none is looked at
   * twice; correlations that mean the same go on with what they counted, and rules of the same
   * version with what is known of them. Any thread may call; the newest call holds.
   *
   * @return completed with how long detection stood still for it, cancelled when other rules came
   *     first; whoever cancels it takes the offer back
   */
  public CompletableFuture<Duration> use(RuleSet next) {
    return offer.put(next);
  }

  /** The rules in force. Any thread may call. */
  public RuleSet rules() {
    return detector.rules();
  }

  /** How often rules matched of late. Any thread may call. */
  public Matches matches() {
    return router.matches();
  }

  /** What rules in shadow found since the last call. Where {@link #remember} is called. */
  public List<ShadowCount> shadows() {
    return router.shadows();
  }

  /** What filters in shadow would have taken away since the last call. Where it is remembered. */
  public Filtered filtered() {
    return router.filtered();
  }

  /** Sequence up to which every event was watched and its alerts are durable. */
  public long detected() {
    return checkpoints.durable();
  }

  @Override
  public void accept(EventBatch batch) {
    takeRules();
    recent = List.of();
    sources.accept(batch);
    detector.accept(batch);
    windows.reached(batch);
    checkpoints.reached(batch.nextSequence());
    idle.busy();
  }

  /**
   * Looks at events out of their order, read anew from frames that were rejected: to be called
   * where {@link #accept} is, between two batches.
   */
  public void again(EventBatch batch) {
    checkpoints.heldBack();
    detector.again(batch);
  }

  /** Tells that sources can be heard, from now on: before, none is missed. Any thread may call. */
  public void listen() {
    idle.listen();
  }

  /** Says who finds what is wrong with the centre itself. Any thread may call. */
  public void heed(Findings findings) {
    idle.heed(findings);
  }

  /**
   * Says which indicators to look for in every event; before anything is handed over.
   *
   * @param log told of each that is seen, on this thread
   */
  public void seek(IndicatorMatcher indicators, Consumer<Sighting> log) {
    detector.seek(new IndicatorLookup(indicators, Optional::of, log));
    desk.expectSightings(indicators::isLooking);
  }

  /** Looks for indicators that alerts tell of, in the events they tell of. */
  void seek(Recalled recalled) {
    var set = recalled.indicators();
    var indicators = new IndicatorMatcher(() -> set);
    detector.seek(new IndicatorLookup(indicators, recalled::then, _ -> {}));
    desk.expectSightings(indicators::isLooking);
  }

  /** Takes a silence that was noticed in its day. */
  void silent(Silence silence) {
    desk.silent(silence);
    checkpoints.heldBack();
  }

  /** Time went on to here, and nobody spoke; imports that were under way are over. */
  void goOn(Instant now) {
    windows.goOn(now);
    windows.letGo(now);
    windows.letGo(now.plus(IMPORT_OVER));
    checkpoints.heldBack();
  }

  /**
   * Says who is asked about an alert before it goes out; before anything is handed over. The risk
   * of what was raised before is reckoned anew, as they say.
   */
  public void heed(AlertContext context) {
    desk.heed(context);
    desk.remember(recent);
  }

  /** Puts other decision rules in force, between two batches. Any thread may call. */
  public void use(DecisionBook decisions) {
    decisionsToUse.set(decisions);
  }

  /** The decision rules in force, with what was left or taken out. Any thread may ask. */
  public DecisionBook decisions() {
    return desk.book();
  }

  /** The risk of hosts, users and addresses. Any thread may ask. */
  public RiskBook risk() {
    return desk.risk();
  }

  /** Says what else is to be kept every ten seconds and at the end. Any thread may call. */
  public void remember(Runnable remember) {
    housekeeping.remember(remember);
  }

  @Override
  public void pulse(boolean caughtUp) {
    takeRules();
    var now = clock.instant();
    Optional.ofNullable(decisionsToUse.getAndSet(null)).ifPresent(desk::use);
    long seen = detector.seen();
    windows.before(caughtUp ? Math.max(seen, checkpoints.durable()) : seen);
    windows.advance(caughtUp, idle.isListening(), now);
    idle.pulse(caughtUp, now);
    if (checkpoints.isDue(now)) {
      checkpoint(now);
    }
  }

  /** Makes the last state durable. Called once nothing is handed over any more. */
  @Override
  public void close() {
    checkpoint(clock.instant());
    housekeeping.end();
    desk.close();
  }

  /** Concludes all that the events so far say; time does not go on. */
  void conclude() {
    checkpoints.heldBack();
    checkpoint(clock.instant());
  }

  /** Nothing comes any more, in no lane: what did not come is told. Before {@link #close}. */
  void end() {
    windows.end();
    checkpoints.heldBack();
  }

  // Not before what an earlier run kept was taken up: it is of the rules that are there now.
  private void takeRules() {
    if (offer.isThere() && windows.isAdopted()) {
      offer.take(this::change);
    }
  }

  private void change(RuleSet next) {
    windows.use(next.windows());
    checkpoints.heldBack();
    detector.use(next);
    router.use(next);
  }

  private void changed(Alert alert) {
    checkpoints.changed(alert);
    router.raised(alert);
  }

  private void checkpoint(Instant now) {
    checkpoints.take(now);
    housekeeping.nowAndThen(now);
  }
}
