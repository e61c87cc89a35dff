package mo.farol.rulebook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mo.farol.alert.Matches;
import mo.farol.alert.RuleSet;
import mo.farol.alert.Watch;
import mo.farol.folder.FolderWatch;
import mo.farol.ledger.LedgerFault;
import mo.farol.match.MatchCounts;
import mo.farol.sigma.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that the watch goes by, read anew whenever their files change. Folders are looked at
 * once a second; what changed is read once it stands still for as long, compiled beside the rules
 * in force, and handed over between two batches of events.
 */
public final class RulesInForce implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulesInForce.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /**
   * What a reading brought into force.
   *
   * @param rules with their versions
   * @param refused and why
   * @param at when
   * @param compiling from the first file to the last rule ready
   * @param still how long detection stood still to take them
   */
  public record State(
      RuleSet rules,
      List<Refused> refused,
      Map<Path, String> texts,
      Instant at,
      Duration compiling,
      Duration still) {
    /** Rules, correlations and filters in force, without those in shadow. */
    public int size() {
      return RuleVersions.of(rules.book()).inForce();
    }
  }

  private final RuleReading reading;
  private final Editions editions;
  private final RuleDrafts drafts;
  private final FolderDrafts folderDrafts;
  private final InstantSource clock;
  private final MatchCounts counts;
  private final Timer timer;
  private final Counter failures;
  private final FolderWatch folder;
  private final RuleHandOver detection = new RuleHandOver();
  private volatile State state;
  private Instant again = Instant.EPOCH; // before that, what failed is not tried once more

  private RulesInForce(
      RuleReading reading,
      ReadRules read,
      Editions editions,
      RuleDrafts drafts,
      FolderDrafts folderDrafts,
      InstantSource clock,
      MeterRegistry metrics) {
    this.reading = reading;
    this.editions = editions;
    this.drafts = drafts;
    this.folderDrafts = folderDrafts;
    this.clock = clock;
    counts = new MatchCounts(metrics);
    long begun = System.nanoTime();
    var set = RuleSet.compile(read.book(), read.settings(), counts);
    state =
        new State(
            set,
            read.refused(),
            read.texts(),
            clock.instant(),
            Duration.ofNanos(System.nanoTime() - begun),
            Duration.ZERO);
    timer = metrics.timer("farol_rules_reload_seconds");
    failures = metrics.counter("farol_rules_reload_failures_total");
    folder = new FolderWatch("rules", folders()::stamps, _ -> reloadQuietly());
    gauges(metrics);
  }

  private void gauges(MeterRegistry metrics) {
    Gauge.builder("farol_sigma_rules", this, r -> r.state.rules().book().inForce())
        .register(metrics);
    Gauge.builder("farol_sigma_refused_rules", this, r -> r.state.refused().size())
        .register(metrics);
    Gauge.builder(
            "farol_rules_loaded_timestamp_seconds", this, r -> r.state.at().toEpochMilli() / 1e3)
        .register(metrics);
  }

  /**
   * Compiles what was read at the start. Where a file is wrong that was good when the centre ended,
   * it is read again as it was then; where changes wait for a second person, all is.
   */
  static RulesInForce open(
      RuleReading reading,
      ReadRules first,
      Editions editions,
      RuleDrafts drafts,
      FolderDrafts folderDrafts,
      InstantSource clock,
      MeterRegistry metrics) {
    boolean again = reading.isReviewed() || !drafts.shadows().isEmpty();
    if (reading.isReviewed()) {
      folderDrafts.tookAsTheyAre(reading.approved(editions));
    }
    if (!first.refused().isEmpty()) {
      var byName = editions.texts();
      var before = new HashMap<Path, String>();
      for (var refused : first.refused()) {
        String text = byName.get(refused.file());
        if (text != null) {
          before.put(refused.refusal().file(), text);
        }
      }
      reading.wereGood(before);
      again |= !before.isEmpty();
    }
    var read = again ? read(reading, drafts, folderDrafts) : first;
    return new RulesInForce(reading, read, editions, drafts, folderDrafts, clock, metrics).told();
  }

  // A draft in shadow whose file holds something else is in shadow no more.
  private static ReadRules read(RuleReading reading, RuleDrafts drafts, FolderDrafts folderDrafts) {
    var read = reading.read(drafts.shadows());
    return reading.isReviewed() && folderDrafts.follow(read.waiting())
        ? reading.read(drafts.shadows())
        : read;
  }

  private RulesInForce told() {
    tellRefused(List.of());
    return this;
  }

  /** What is in force. */
  public State now() {
    return state;
  }

  /** How often rules matched of late. */
  Matches matches() {
    return detection.matches();
  }

  /** Where rules lie. */
  RuleFolders folders() {
    return reading.folders();
  }

  /** Begins to look at the folders, for a watch that goes by these rules. */
  public RulesInForce start(Watch goingBy) {
    detection.begin(goingBy);
    folder.start(this::recordFirst);
    return this;
  }

  /**
   * Reads everything now and hands it over. Waits for the detection thread to take it.
   *
   * @return what is in force then
   * @throws RulesFault where it could not be handed over; the rules of before hold
   */
  public State reload() {
    return reload(Editions.Publisher.FILE);
  }

  synchronized State reload(Editions.Publisher by) {
    long begun = System.nanoTime();
    var stamps = folder.now();
    var read = read(reading, drafts, folderDrafts);
    var next = RuleSet.compile(read.book(), read.settings(), counts);
    var compiling = Duration.ofNanos(System.nanoTime() - begun);
    var before = state;
    var still = detection.take(next);
    next.matcher().seenBefore(before.rules().matcher().seen());
    state = new State(next, read.refused(), read.texts(), clock.instant(), compiling, still);
    folder.take(stamps);
    timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    tell(before);
    keep(read, next.book(), by);
    return state;
  }

  // They hold whether the ledger has them or not.
  private void keep(ReadRules read, RuleBook book, Editions.Publisher by) {
    try {
      editions.inForce(read, book, folders(), by, state.at());
    } catch (RuntimeException e) {
      failures.increment();
      LOG.error("the versions of the rules in force could not be kept", e);
    }
  }

  /** What would be refused if a file held a text; nothing comes into force. */
  synchronized List<Refused> check(Path file, String text) {
    return reading.check(file, text);
  }

  /** Whether changes in the folders wait for a second person. */
  boolean isReviewed() {
    return reading.isReviewed();
  }

  /** Somebody approved a text of a file, or with an empty one that it went. */
  synchronized void approve(String file, String text) {
    reading.approve(file, text);
  }

  /** What is in force that the text of a file which waits is to take the place of. */
  synchronized String before(String file, String text) {
    return reading.before(file, text);
  }

  private synchronized void recordFirst() {
    var first = state;
    var book = first.rules().book();
    keep(
        new ReadRules(book, first.rules().settings(), first.refused(), first.texts(), List.of()),
        book,
        Editions.Publisher.FILE);
    folder.takeBefore(first.at());
  }

  private void reloadQuietly() {
    if (clock.instant().isBefore(again)) {
      return;
    }
    try {
      reload();
    } catch (RulesFault | LedgerFault e) { // of the moment, not of the rules
      failures.increment();
      again = clock.instant().plus(AGAIN);
      LOG.error("the rules changed but could not be loaded yet; tried again in a minute", e);
    } catch (RuntimeException e) {
      failures.increment();
      folder.take(folder.now());
      LOG.error("the rules changed but could not be loaded; those of before hold", e);
    }
  }

  private void tell(State before) {
    LOG.info(
        "{} rules in force: read and compiled in {} ms, detection stood still for {} ms{}",
        state.size(),
        state.compiling().toMillis(),
        state.still().toNanos() / 1e6,
        RuleVersions.of(state.rules().book()).changesSince(RuleVersions.of(before.rules().book())));
    tellRefused(before.refused());
  }

  private void tellRefused(List<Refused> before) {
    state.refused().stream()
        .filter(refused -> !before.contains(refused))
        .forEach(refused -> LOG.warn("rule refused: {}", refused));
  }

  @Override
  public void close() {
    folder.close();
  }
}
