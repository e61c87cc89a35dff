package mo.farol.centre;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.alert.Alert;
import mo.farol.alert.AlertContext;
import mo.farol.alert.AssetFile;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.DetectionReplay;
import mo.farol.alert.DrlFault;
import mo.farol.alert.Recalled;
import mo.farol.alert.RuleSet;
import mo.farol.decision.Known;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.flow.Replay;
import mo.farol.journal.EventLog;
import mo.farol.journal.StoredJournal;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.ledger.SuppressionRules;
import mo.farol.match.MatchCounts;
import mo.farol.rulebook.ReadRules;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaCorrelation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What detection says of a home's journal when it reads it anew, beside what the ledger says. Reads
 * files only, so a centre may run on the home meanwhile.
 */
public final class JournalRetold {
  /**
   * What came out.
   *
   * @param told alerts of this reading, the oldest first
   * @param account of each alert, of the ledger and of the reading
   * @param events read
   * @param failed events that detection failed on
   * @param takenOut decision rules that were taken out on the way, for they cost too much
   */
  public record Outcome(
      List<Alert> told, Account account, long events, long failed, List<DrlFault> takenOut) {
    /** Whether all was read by all rules, and nothing is left to be explained. */
    public boolean isSame() {
      return account.isSame() && takenOut.isEmpty();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(JournalRetold.class);

  private static final Duration LEAST_BACK = Duration.ofDays(1);

  private final InstantSource clock = InstantSource.system();
  private final Home home;
  private final RuleSet rules;
  private final DecisionBook decisions;

  /**
   * @param folder rules to go by in place of those in force
   */
  public JournalRetold(Config config, Home home, Optional<Path> folder) {
    this.home = home;
    var read = inForce(config, home);
    var book =
        folder
            .map(f -> RuleBook.load(List.of(f), read.settings().placeholders()))
            .orElse(read.book());
    rules = RuleSet.compile(book, read.settings(), new MatchCounts(new SimpleMeterRegistry()));
    decisions = DecisionBook.load(Books.decisionFolders(config, home));
  }

  private ReadRules inForce(Config config, Home home) {
    try (var open = Ledger.openSqlite(home.ledger())) {
      return Books.ruleReading(config, home).inForce(open, new Deeds(open, clock)).read(Map.of());
    }
  }

  /** The rules it goes by. */
  public RuleSet rules() {
    return rules;
  }

  /** Reads the journal, of what was received from an instant on and before another. */
  public Outcome tell(Instant from, Instant to) {
    try (var open = Ledger.openSqlite(home.ledger());
        var journal = StoredJournal.open(home.journal())) {
      var deeds = new Deeds(open, clock);
      var queue = new AlertQueue(open, deeds);
      var assets = new AssetFile(home.rules().resolve("assets.csv"), clock);
      var context =
          new Known(assets, SuppressionRules.ofPast(open, deeds, clock), queue.precision());
      return tell(new Span(from, to), Kept.of(queue), context, journal);
    }
  }

  private record Span(Instant from, Instant to) {}

  /**
   * The ledger at one moment.
   *
   * @param next first event that it does not know
   */
  private record Kept(Map<String, Alert> alerts, long next) {
    private static final int TRIES = 20;

    // A centre that runs goes on writing: both are of one moment where nothing was written between.
    static Kept of(AlertQueue queue) {
      long before = -1;
      long next = queue.book().next();
      Map<String, Alert> alerts = Map.of();
      for (int tries = 0; before != next && tries < TRIES; tries++) {
        before = next;
        alerts = ledger(queue);
        next = queue.book().next();
      }
      return new Kept(alerts, before);
    }

    Map<String, Alert> closed() {
      var closed = new HashMap<String, Alert>();
      alerts.values().stream()
          .filter(alert -> alert.status() == Alert.Status.CLOSED)
          .forEach(alert -> closed.put(alert.id(), alert));
      return closed;
    }
  }

  private Outcome tell(Span span, Kept kept, AlertContext context, StoredJournal journal) {
    var recalled = new Recalled(kept.alerts().values(), Replay.LANE);
    try (var replay = new DetectionReplay(rules, decisions, kept.closed(), recalled);
        var blocks = journal.examine(0)) {
      replay.heed(context);
      var read = new Reading();
      long earliest = Micros.of(back(span.from()));
      for (var block = blocks.next(); block != null; block = blocks.next()) {
        long at = block.frames().receivedAtMicros();
        if (at >= Micros.of(span.to()) || block.firstSequence() >= kept.next()) {
          break;
        }
        read.oldest = Math.min(read.oldest, block.firstSequence());
        if (at >= earliest) {
          replay.take(block, kept.next());
          read.took(block, kept.next(), at >= Micros.of(span.from()));
        }
      }
      readAgain(journal, recalled, replay, read);
      var told = replay.end(until(span.to(), read.lastAt));
      return outcome(span, kept, told, replay, read);
    }
  }

  /** How far the reading has come. */
  private static final class Reading {
    private long oldest = Long.MAX_VALUE;
    private long first = Long.MAX_VALUE; // of the span
    private long next;
    private long events;
    private Instant lastAt = Instant.EPOCH;

    void took(EventLog.Block block, long end, boolean within) {
      long stop = Math.min(end, block.nextSequence());
      events += stop - block.firstSequence();
      next = stop;
      first = within ? Math.min(first, block.firstSequence()) : first;
      var receivedAt = Micros.toInstant(block.frames().receivedAtMicros());
      lastAt = receivedAt.isAfter(lastAt) ? receivedAt : lastAt; // inputs overtake one another
    }

    boolean holds(long sequence) {
      return sequence >= first && sequence < next;
    }
  }

  private static void readAgain(
      StoredJournal journal, Recalled recalled, DetectionReplay replay, Reading read) {
    for (long sequence : recalled.readLater()) {
      if (read.holds(sequence)) {
        journal.holding(sequence).ifPresent(block -> replay.again(block, sequence, Replay.LANE));
      }
    }
  }

  // Time went on behind the last event for as long as the centre was there: its sources are written
  // down every ten seconds.
  private Instant until(Instant to, Instant lastAt) {
    var alive = lastAt;
    try {
      alive = Files.getLastModifiedTime(home.sources()).toInstant();
    } catch (IOException e) {
      LOG.debug("nothing says how long the centre was there", e);
    }
    return alive.isBefore(to) ? alive : to;
  }

  private Outcome outcome(
      Span span, Kept kept, List<Alert> told, DetectionReplay replay, Reading read) {
    boolean all = span.from().equals(Instant.EPOCH);
    var grounds =
        new Account.Grounds(versions(), replay.contradicted(), read.oldest, read.next, read.lastAt);
    var within = told.stream().filter(alert -> isWithin(alert, span, all, read)).toList();
    var ids = within.stream().map(Alert::id).collect(Collectors.toSet());
    var ledger = new LinkedHashMap<String, Alert>();
    kept.alerts().values().stream()
        .filter(alert -> ids.contains(alert.id()) || isWithin(alert, span, all, read))
        .forEach(alert -> ledger.put(alert.id(), alert));
    var beside =
        told.stream().filter(a -> ids.contains(a.id()) || ledger.containsKey(a.id())).toList();
    return new Outcome(
        within,
        Account.of(ledger.values(), beside, grounds),
        read.events,
        replay.failed(),
        replay.takenOut());
  }

  // By its first event; one without any by when it was raised.
  private static boolean isWithin(Alert alert, Span span, boolean all, Reading read) {
    if (alert.events().isEmpty()) {
      return !alert.raisedAt().isBefore(span.from()) && alert.raisedAt().isBefore(span.to());
    }
    long begins = alert.events().getFirst().sequence();
    return begins < read.next && (all || begins >= read.first);
  }

  // Windows, sessions and alerts that grow remember what led up to the first instant.
  private Instant back(Instant from) {
    if (from.equals(Instant.EPOCH)) {
      return from;
    }
    var longest =
        rules.book().correlations().stream()
            .map(SigmaCorrelation::span)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return from.minus(LEAST_BACK).minus(longest.multipliedBy(2));
  }

  private Map<String, String> versions() {
    var versions = new HashMap<String, String>();
    rules.book().rules().forEach(r -> versions.put(r.ref().id(), r.ref().version()));
    rules.book().correlations().forEach(r -> versions.put(r.ref().id(), r.ref().version()));
    decisions.rules().forEach(ref -> versions.put(ref.id(), ref.version()));
    return versions;
  }

  private static Map<String, Alert> ledger(AlertQueue queue) {
    var all = new LinkedHashMap<String, Alert>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = queue.list(AlertFilter.all(), Scope.national(), 1_000, cursor);
      page.items().forEach(row -> all.put(row.alert().id(), row.alert()));
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }
}
