package mo.farol.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Micros;
import mo.farol.event.Sink;
import mo.farol.indicator.IndicatorMatcher;
import mo.farol.match.Detection;
import mo.farol.sigma.Shadow;
import mo.farol.silence.Silence;
import mo.farol.silence.Sources;
import mo.farol.window.Crossing;
import mo.farol.window.Windows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration CHECKPOINT = Duration.ofMillis(200);
  private static final Duration SILENCE_CHECK = Duration.ofSeconds(1);
  private static final Duration FINDINGS_CHECK = Duration.ofSeconds(1);
  private static final Duration REMEMBER = Duration.ofSeconds(10);
  private static final Duration LEAP = Duration.ofDays(1);
  private static final Duration IMPORT_OVER = Duration.ofHours(1);

  private final KeptWindows windows;
  private final PendingRules offer = new PendingRules();
  private final Matches matches = new Matches();
  private final Shadows shadows;
  private final FilterTrials trials;
  private final Sources sources;
  private final AlertDesk desk;
  private final AlertBook book;
  private final LookBack lookBack;
  private final InstantSource clock;
  private final Consumer<List<Alert>> raised;
  private final Consumer<Detection> detections = this::detected;
  private final Consumer<Sighting> sightings = this::sighted;
  private final Map<String, Alert> changed = new LinkedHashMap<>();
  private final AtomicReference<@Nullable DecisionBook> decisionsToUse = new AtomicReference<>();
  private Instant pulseAt = Instant.EPOCH;
  private Instant checkpointAt = Instant.EPOCH;
  private Instant silenceAt = Instant.EPOCH;
  private Instant findingsAt = Instant.EPOCH;
  private Instant rememberedAt = Instant.EPOCH;
  private boolean findingsFailed;
  private boolean busy;
  private boolean unflushed;
  private long seen;
  private long next;
  private volatile long durable;
  private volatile boolean listening;
  private volatile RuleSet rules;
  private volatile Findings findings = Findings.NONE;
  private volatile Runnable remember = () -> {};
  private volatile IndicatorLookup lookup = IndicatorLookup.NONE;
  private List<Alert> recent; // until the first batch
  private Failure failed = Failure.NONE;

  private record Failure(long sequence, Throwable cause) {
    static final Failure NONE = new Failure(-1, new IllegalStateException("none"));
  }

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
    this.rules = rules;
    this.sources = sources;
    this.book = book;
    this.lookBack = lookBack;
    this.clock = clock;
    this.raised = raised;
    desk =
        new AlertDesk(
            decisions,
            id -> this.rules.card(id),
            config,
            clock,
            metrics,
            book::isClosed,
            this::changed);
    durable = book.next();
    next = durable;
    shadows = new Shadows(durable, config);
    trials = new FilterTrials(durable);
    this.windows = new KeptWindows(windows, durable, clock, this::crossed);
    seen = next();
    desk.resume(book.growing(), durable);
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
    long from = Math.min(durable, lookBack.earlier(durable, rules.memory()));
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
    return rules;
  }

  /** How often rules matched of late. Any thread may call. */
  public Matches matches() {
    return matches;
  }

  /** What rules in shadow found since the last call. Where {@link #remember} is called. */
  public List<ShadowCount> shadows() {
    return shadows.drain();
  }

  /** What filters in shadow would have taken away since the last call. Where it is remembered. */
  public Filtered filtered() {
    return trials.drain();
  }

  /** Sequence up to which every event was watched and its alerts are durable. */
  public long detected() {
    return durable;
  }

  @Override
  public void accept(EventBatch batch) {
    takeRules();
    recent = List.of();
    sources.accept(batch);
    for (int i = batch.first(); i < batch.count(); i++) {
      watch(batch, i);
    }
    tellLatest(batch);
    next = Math.max(next, batch.nextSequence());
    busy = true;
  }

  private void tellLatest(EventBatch batch) {
    var origin = batch.origin();
    if (!origin.isLive()) {
      long latest = Micros.NONE;
      for (int i = batch.first(); i < batch.count(); i++) {
        latest = Math.max(latest, batch.occurredAtMicros(i));
      }
      latest = Math.min(latest, batch.frames().receivedAtMicros());
      windows.reached(origin.agency(), origin.lane(), origin.exercise(), latest);
    }
  }

  /**
   * Looks at events out of their order, read anew from frames that were rejected: to be called
   * where {@link #accept} is, between two batches.
   */
  public void again(EventBatch batch) {
    unflushed = true;
    for (int i = batch.first(); i < batch.count(); i++) {
      try {
        rules.matcher().match(batch, i, detections);
        lookup.look(batch, i, sightings);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error("detection failed on event {}, read again", batch.sequence(i), e);
      }
    }
  }

  // An event that makes us fail is not tried again, but fails again when it comes alone: whoever
  // hands it over then knows which one it was.
  private void watch(EventBatch batch, int i) {
    long sequence = batch.sequence(i);
    if (sequence >= seen) {
      seen = sequence + 1;
      try {
        windows.before(sequence, batch.frames().receivedAtMicros());
        rules.matcher().match(batch, i, detections);
        lookup.look(batch, i, sightings);
      } catch (RuntimeException | StackOverflowError e) {
        failed = new Failure(sequence, e);
        throw e;
      }
    } else if (failed.sequence == sequence) {
      var again = failed;
      failed = Failure.NONE;
      throw new IllegalStateException("detection failed on event " + sequence, again.cause);
    }
  }

  /** Tells that sources can be heard, from now on: before, none is missed. Any thread may call. */
  public void listen() {
    listening = true;
  }

  /** Says who finds what is wrong with the centre itself. Any thread may call. */
  public void heed(Findings findings) {
    this.findings = findings;
  }

  /**
   * Says which indicators to look for in every event; before anything is handed over.
   *
   * @param log told of each that is seen, on this thread
   */
  public void seek(IndicatorMatcher indicators, Consumer<Sighting> log) {
    lookup = new IndicatorLookup(indicators, Optional::of, log);
    desk.expectSightings(indicators::isLooking);
  }

  /** Looks for indicators that alerts tell of, in the events they tell of. */
  void seek(Recalled recalled) {
    var set = recalled.indicators();
    var indicators = new IndicatorMatcher(() -> set);
    lookup = new IndicatorLookup(indicators, recalled::then, _ -> {});
    desk.expectSightings(indicators::isLooking);
  }

  /** Takes a silence that was noticed in its day. */
  void silent(Silence silence) {
    desk.silent(silence);
    unflushed = true;
  }

  /** Time went on to here, and nobody spoke; imports that were under way are over. */
  void goOn(Instant now) {
    windows.goOn(now);
    windows.letGo(now);
    windows.letGo(now.plus(IMPORT_OVER));
    unflushed = true;
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
    this.remember = remember;
  }

  @Override
  public void pulse(boolean caughtUp) {
    takeRules();
    var now = clock.instant();
    Optional.ofNullable(decisionsToUse.getAndSet(null)).ifPresent(desk::use);
    windows.before(caughtUp ? Math.max(seen, durable) : seen);
    windows.advance(caughtUp, listening, now);
    if (caughtUp) {
      lookForFindings(now);
      if (listening) {
        lookForSilence(now);
      }
      moveIdleClocks(now);
    }
    pulseAt = now;
    busy = false;
    if (KeptWindows.wentBy(checkpointAt, now, CHECKPOINT)) {
      checkpoint(now);
    }
  }

  /** Makes the last state durable. Called once nothing is handed over any more. */
  @Override
  public void close() {
    checkpoint(clock.instant());
    if (isSettled()) {
      windows.save(durable);
    }
    sources.end();
    remember.run();
    desk.close();
  }

  /** Nothing comes any more, in no lane: what did not come is told. Before {@link #close}. */
  void end() {
    windows.end();
    unflushed = true;
  }

  // Not before what an earlier run kept was taken up: it is of the rules that are there now.
  private void takeRules() {
    if (offer.isThere() && windows.isAdopted()) {
      offer.take(this::change);
    }
  }

  private void change(RuleSet next) {
    windows.use(next.windows());
    unflushed = true;
    next.matcher().takeOver(rules.matcher());
    rules = next;
    matches.keep(next::has);
    trials.keep(next.shadowFilters());
  }

  private void detected(Detection detection) {
    windows.accept(detection);
    String rule = detection.rule().id();
    matches.count(rule, detection.agency(), detection.event().receivedAt());
    if (Shadow.is(rule)) {
      shadows.detected(detection);
    } else {
      if (!detection.tried().isEmpty()) {
        trials.detected(detection);
      }
      desk.detected(detection);
    }
  }

  private void crossed(Crossing crossing) {
    String rule = crossing.rule().id();
    matches.count(rule, crossing.agency(), crossing.lastReceivedAt());
    if (Shadow.is(rule)) {
      shadows.crossed(crossing);
    } else {
      desk.crossed(crossing);
    }
  }

  private void sighted(Sighting sighting) {
    desk.sighted(sighting);
  }

  private void changed(Alert alert) {
    changed.put(alert.id(), alert);
    trials.raised(alert, rules.isRule(alert.rule().id()));
  }

  // Only while nothing waits to be heard: a backlog is no silence.
  private void lookForSilence(Instant now) {
    if (KeptWindows.wentBy(silenceAt, now, SILENCE_CHECK)) {
      silenceAt = now;
      sources.due(now).forEach(desk::silent);
    }
  }

  // Not while events wait: a finding is of now, and would move the clock of the decisions past
  // what the waiting events have to say. What can't be asked now is asked again.
  private void lookForFindings(Instant now) {
    if (KeptWindows.wentBy(findingsAt, now, FINDINGS_CHECK)) {
      findingsAt = now;
      try {
        findings.due(now).forEach(desk::found);
        findingsFailed = false;
      } catch (RuntimeException e) {
        if (!findingsFailed) {
          LOG.error("what is wrong with the centre itself can't be looked for; tried again", e);
        }
        findingsFailed = true;
      }
    }
  }

  // So long passes between no two pulses: our own clock leapt, and the sessions' don't follow.
  private void moveIdleClocks(Instant now) {
    boolean isIdle = !busy && !pulseAt.equals(Instant.EPOCH) && now.isAfter(pulseAt);
    if (isIdle && !KeptWindows.wentBy(pulseAt, now, LEAP)) {
      desk.idle(Duration.between(pulseAt, now));
    }
  }

  // What is held back to be merged goes out first, so that the sequence tells the whole truth.
  private void checkpoint(Instant now) {
    if (next > durable || unflushed || windows.spoke()) {
      unflushed = false;
      windows.flush();
      desk.flush();
    }
    if (next > durable || !changed.isEmpty()) {
      changed.values().forEach(book::save);
      book.checkpoint(next);
      durable = next;
      checkpointAt = now;
      tell();
    }
    if (KeptWindows.wentBy(rememberedAt, now, REMEMBER)) {
      rememberedAt = now;
      windows.letGo(now);
      desk.closeIdle();
      sources.checkpoint();
      remember.run();
      if (isSettled()) {
        windows.saveNowAndThen(now, durable);
      }
    }
  }

  // What the windows know, and what they told, is durable here as well.
  private boolean isSettled() {
    return durable == next && changed.isEmpty() && !windows.spoke();
  }

  private void tell() {
    var told = List.copyOf(changed.values());
    changed.clear();
    if (told.isEmpty()) {
      return;
    }
    try {
      raised.accept(told);
    } catch (RuntimeException e) {
      LOG.error("{} alerts are kept, but what follows from them failed", told.size(), e);
    }
  }
}
