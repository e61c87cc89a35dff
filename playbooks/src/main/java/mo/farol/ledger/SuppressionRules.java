package mo.farol.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.alert.Draft;
import mo.farol.alert.Suppression;
import mo.farol.event.Micros;
import mo.farol.event.Scope;

/**
 * Exceptions and maintenance: made by people, for a time, with a reason, each a deed. What they
 * hide is counted and can be seen. Asked by the detection thread from memory: all that are open,
 * and for a day those that are over, for events of their time that come late.
 */
public final class SuppressionRules {
  /** The longest an exception may hold. */
  public static final Duration LONGEST = Duration.ofDays(180);

  /** How many one agency may have that are not over. */
  public static final int OPEN = 200;

  private static final Duration LATE = Duration.ofDays(1);
  private static final int HELD = 2 * OPEN;

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private volatile HeldCovers held;

  /**
   * What a cover has hidden.
   *
   * @param alerts how many
   * @param events events in them
   * @param lastAt time of the last event, where there was one
   */
  public record Hidden(long alerts, long events, Optional<Instant> lastAt) {
    static final Hidden NOTHING = new Hidden(0, 0, Optional.empty());
  }

  public SuppressionRules(Ledger ledger, Deeds deeds, InstantSource clock) {
    this(ledger, deeds, clock, LATE, HELD);
  }

  private SuppressionRules(
      Ledger ledger, Deeds deeds, InstantSource clock, Duration back, int most) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
    var now = clock.instant();
    held = HeldCovers.of(SuppressionRows.held(ledger, now.minus(back), now, most), back, most);
  }

  /** With those that are long over, for events of long ago that are read anew. */
  public static SuppressionRules ofPast(Ledger ledger, Deeds deeds, InstantSource clock) {
    return new SuppressionRules(
        ledger, deeds, clock, Duration.between(Instant.EPOCH, clock.instant()), 5_000);
  }

  /** What covers an alert about to go out: an exception before a maintenance, an older before. */
  public Optional<Suppression> cover(Draft draft) {
    return cover(draft.agency(), draft.ruleId(), draft.entities(), draft.lastAt())
        .map(SuppressionRule::suppression);
  }

  Optional<SuppressionRule> cover(
      String agency, String rule, List<Alert.Entity> entities, Instant at) {
    return held.cover(agency, rule, entities, at, clock.instant());
  }

  /**
   * Those of a kind that a scope sees: in force first, then by their end, latest first. Those for
   * all agencies only the centre sees.
   */
  public List<SuppressionRule> list(Suppression.Kind kind, Scope scope) {
    var now = clock.instant();
    return SuppressionRows.list(ledger, kind, scope, now).stream()
        .sorted(
            Comparator.comparing((SuppressionRule c) -> !c.isInForce(now))
                .thenComparing(SuppressionRule::until, Comparator.reverseOrder()))
        .toList();
  }

  /** What each cover has hidden, by {@link SuppressionRule#key}; of what a scope sees. */
  public Map<String, Hidden> hidden(Scope scope) {
    var counts = new HashMap<String, Hidden>();
    ledger.read(
        h -> {
          Where.seen(scope)
              .and("hidden_by is not null")
              .query(
                  h,
                  "select hidden_by, count(*), sum(count), max(last_at) from alert",
                  "group by hidden_by")
              .map(
                  (rs, _) ->
                      counts.put(
                          rs.getString(1),
                          new Hidden(
                              rs.getLong(2),
                              rs.getLong(3),
                              Optional.of(Micros.toInstant(rs.getLong(4))))))
              .list();
          return 0;
        });
    return counts;
  }

  /** What a cover has hidden. */
  public static Hidden of(SuppressionRule cover, Map<String, Hidden> counts) {
    return counts.getOrDefault(cover.key(), Hidden.NOTHING);
  }

  /** What it would have hidden in the last days, of the alerts a scope sees. */
  public SuppressionPreview preview(SuppressionRule cover, Scope scope, Duration back) {
    SuppressionCheck.bounds(cover);
    return SuppressionPreview.of(ledger, cover, scope, clock.instant().minus(back));
  }

  /**
   * Keeps a new one.
   *
   * @throws IllegalArgumentException that says what it lacks: a reason, an end, what it is about;
   *     or what there is too much of
   */
  public synchronized SuppressionRule add(SuppressionRule cover, String by, Scope scope) {
    var now = clock.instant();
    SuppressionCheck.check(cover, scope, now);
    var kept =
        ledger.write(
            h -> {
              SuppressionCheck.room(SuppressionRows.open(h, cover.agency(), now), cover.agency());
              var made = SuppressionRows.insert(h, cover, by, now);
              deeds.record(h, by, word(made) + ".added", made.key(), detail(made));
              return made;
            });
    held = held.with(kept, now);
    return kept;
  }

  /** Ends one before its time; false where there is none in force that the scope may change. */
  public synchronized boolean end(long id, String by, Scope scope) {
    var now = clock.instant();
    var found = held.open(id, now).filter(c -> SuppressionCheck.mayChange(c, scope));
    found.ifPresent(
        cover -> {
          ledger.change(
              h -> {
                h.execute(
                    "update cover set ended_at = ?, ended_by = ? where id = ? and ended_at is null",
                    Micros.of(now),
                    by,
                    id);
                deeds.record(h, by, word(cover) + ".ended", cover.key(), cover.name());
              });
          held = held.with(cover.ended(now), now);
        });
    return found.isPresent();
  }

  private static String word(SuppressionRule cover) {
    return cover.kind() == Suppression.Kind.EXCEPTION ? "exception" : "maintenance";
  }

  private static String detail(SuppressionRule cover) {
    return "%s: agency %s, rule %s, %s, %s, until %s: %s"
        .formatted(
            cover.name(),
            cover.agency(),
            cover.rule().isEmpty() ? "any" : cover.rule(),
            cover.conditions().stream().map(c -> c.field() + "=" + c.pattern()).toList(),
            cover.hours().isEmpty() ? "always" : cover.hours(),
            cover.until(),
            cover.reason());
  }
}
