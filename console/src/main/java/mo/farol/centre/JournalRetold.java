package mo.farol.centre;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.alert.AssetFile;
import mo.farol.alert.Circumstances;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.Retelling;
import mo.farol.alert.RuleSet;
import mo.farol.alert.Watch;
import mo.farol.decision.Known;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.flow.Replay;
import mo.farol.journal.StoredJournal;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Covers;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.match.MatchCounts;
import mo.farol.rulebook.ReadRules;
import mo.farol.sigma.RuleBook;

/**
 * What detection says of a home's journal when it reads it anew, beside what the ledger says. Reads
 * files only, so a centre may run on the home meanwhile.
 */
public final class JournalRetold {
  /**
   * What came out.
   *
   * @param told alerts of this reading, the oldest first
   * @param same ids that the ledger has too
   * @param missing alerts of the ledger that these rules should have told again and did not
   * @param fresh alerts that the ledger has not
   * @param others alerts of the ledger by other rules or versions, or of no event
   * @param events read
   * @param failed events that detection failed on
   */
  public record Outcome(
      List<Alert> told,
      List<String> same,
      List<Alert> missing,
      List<Alert> fresh,
      long others,
      long events,
      long failed) {
    /** Whether both say the same. */
    public boolean isSame() {
      return missing.isEmpty() && fresh.isEmpty();
    }
  }

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
    rules =
        RuleSet.compile(
            book,
            read.settings(),
            new MatchCounts(new io.micrometer.core.instrument.simple.SimpleMeterRegistry()));
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
    try (var open = Ledger.openSqlite(home.ledger())) {
      var deeds = new Deeds(open, clock);
      var queue = new AlertQueue(open, deeds);
      var assets = new AssetFile(home.rules().resolve("assets.csv"), clock);
      return tell(
          from,
          to,
          ledger(queue),
          new Known(assets, Covers.ofPast(open, deeds, clock), queue.precision()));
    }
  }

  private Outcome tell(
      Instant from, Instant to, Map<String, Alert> ledger, Circumstances circumstances) {
    var closed = new HashMap<String, Alert>();
    ledger.values().stream()
        .filter(alert -> alert.status() == Alert.Status.CLOSED)
        .forEach(alert -> closed.put(alert.id(), alert));
    try (var journal = StoredJournal.open(home.journal());
        var retelling = new Retelling(rules, decisions, closed);
        var blocks = journal.examine(0)) {
      retelling.heed(circumstances);
      long earliest = Micros.of(back(from));
      long first = -1;
      long next = 0;
      long events = 0;
      for (var block = blocks.next(); block != null; block = blocks.next()) {
        long at = block.frames().receivedAtMicros();
        if (at >= Micros.of(to)) {
          break;
        }
        if (at >= earliest) {
          retelling.take(block);
          events += block.frames().count();
          next = block.nextSequence();
          first = first < 0 && at >= Micros.of(from) ? block.firstSequence() : first;
        }
      }
      var told = retelling.end();
      return compare(told, ledger, first < 0 ? next : first, next, events, retelling.failed());
    }
  }

  // Windows and sessions remember what led up to the first instant.
  private static Instant back(Instant from) {
    return from.equals(Instant.EPOCH) ? from : from.minus(Watch.MEMORY_LIMIT);
  }

  private Outcome compare(
      List<Alert> told,
      Map<String, Alert> ledger,
      long first,
      long next,
      long events,
      long failed) {
    var within = told.stream().filter(alert -> isWithin(alert, first, next)).toList();
    var same = new ArrayList<String>();
    var fresh = new ArrayList<Alert>();
    within.forEach(
        alert -> {
          if (ledger.containsKey(alert.id())) {
            same.add(alert.id());
          } else {
            fresh.add(alert);
          }
        });
    var ids = within.stream().map(Alert::id).collect(java.util.stream.Collectors.toSet());
    var versions = versions();
    var missing = new ArrayList<Alert>();
    long others = 0;
    for (var alert : ledger.values()) {
      if (ids.contains(alert.id()) || !isWithin(alert, first, next)) {
        continue;
      }
      boolean ours =
          alert.rule().version().equals(versions.get(alert.rule().id()))
              && !alert.lane().equals(Replay.LANE);
      if (ours) {
        missing.add(alert);
      } else {
        others++;
      }
    }
    return new Outcome(within, same, missing, fresh, others, events, failed);
  }

  private static boolean isWithin(Alert alert, long first, long next) {
    if (alert.events().isEmpty()) {
      return false;
    }
    long begins = alert.events().getFirst().sequence();
    return begins >= first && begins < next;
  }

  private Map<String, String> versions() {
    var versions = new HashMap<String, String>();
    rules.book().rules().forEach(r -> versions.put(r.ref().id(), r.ref().version()));
    rules.book().correlations().forEach(r -> versions.put(r.ref().id(), r.ref().version()));
    decisions.rules().forEach(ref -> versions.put(ref.id(), ref.version()));
    Retelling.NOT_OF_EVENTS.forEach(versions::remove);
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
