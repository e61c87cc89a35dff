package mo.farol.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Draft;
import mo.farol.alert.Hiding;
import mo.farol.alert.Hours;
import mo.farol.event.Micros;
import mo.farol.event.Scope;

/**
 * Exceptions and maintenance: made by people, for a time, with a reason, each a deed. What they
 * hide is counted and can be seen. Asked by the detection thread from memory.
 */
public final class Covers {
  /** The longest an exception may hold. */
  public static final Duration LONGEST = Duration.ofDays(180);

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private volatile List<Cover> known;

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

  public Covers(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
    known = CoverRows.all(ledger);
  }

  /** What covers an alert about to go out: an exception before a maintenance, an older before. */
  public Optional<Hiding> cover(Draft draft) {
    var at = draft.lastAt();
    return known.stream()
        .filter(c -> c.isInForce(at))
        .filter(c -> c.fits(draft.agency(), draft.ruleId(), draft.entities(), at))
        .min(Comparator.comparing(Cover::kind).thenComparingLong(Cover::id))
        .map(Cover::hiding);
  }

  /** All of a kind that a scope sees: in force first, then by their end, latest first. */
  public List<Cover> list(Hiding.Kind kind, Scope scope) {
    var now = clock.instant();
    return known.stream()
        .filter(c -> c.kind() == kind && isSeen(c, scope))
        .sorted(
            Comparator.comparing((Cover c) -> !c.isInForce(now))
                .thenComparing(Cover::until, Comparator.reverseOrder()))
        .toList();
  }

  /** What each cover has hidden, by {@link Cover#key}; of what a scope sees. */
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
  public static Hidden of(Cover cover, Map<String, Hidden> counts) {
    return counts.getOrDefault(cover.key(), Hidden.NOTHING);
  }

  /** What it would have hidden in the last days, of the alerts a scope sees. */
  public CoverPreview preview(Cover cover, Scope scope, Duration back) {
    return CoverPreview.of(ledger, cover, scope, clock.instant().minus(back));
  }

  /**
   * Keeps a new one.
   *
   * @throws IllegalArgumentException that says what it lacks: a reason, an end, what it is about
   */
  public Cover add(Cover cover, String by, Scope scope) {
    check(cover, scope);
    var kept =
        ledger.write(
            h -> {
              var made = CoverRows.insert(h, cover, by, clock.instant());
              deeds.record(h, by, word(made) + ".added", made.key(), detail(made));
              return made;
            });
    known = CoverRows.all(ledger);
    return kept;
  }

  /** Ends one before its time; false where there is none in force that the scope may change. */
  public boolean end(long id, String by, Scope scope) {
    var now = clock.instant();
    var found =
        known.stream()
            .filter(c -> c.id() == id && c.endedAt().isEmpty() && c.until().isAfter(now))
            .filter(c -> mayChange(c, scope))
            .findFirst();
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
          known = CoverRows.all(ledger);
        });
    return found.isPresent();
  }

  private void check(Cover cover, Scope scope) {
    if (cover.name().isBlank() || cover.reason().isBlank()) {
      throw new IllegalArgumentException("a name and a reason are needed");
    }
    if (!mayChange(cover, scope)) {
      throw new IllegalArgumentException("agency is one that you see; * is for the whole centre");
    }
    if (cover.kind() == Hiding.Kind.EXCEPTION
        && cover.rule().replace("*", "").isBlank()
        && cover.conditions().stream().allMatch(c -> c.pattern().replace("*", "").isBlank())) {
      throw new IllegalArgumentException("name a rule, or a field and its value: not everything");
    }
    if (!cover.until().isAfter(cover.from())
        || !cover.until().isAfter(clock.instant())
        || cover.until().isAfter(cover.from().plus(LONGEST))) {
      throw new IllegalArgumentException("it ends after it begins, within 180 days");
    }
    if (!cover.hours().isEmpty()) {
      Hours.parse(cover.hours());
    }
  }

  private static boolean isSeen(Cover cover, Scope scope) {
    return cover.agency().equals("*") || Where.sees(scope, cover.agency());
  }

  private static boolean mayChange(Cover cover, Scope scope) {
    return cover.agency().equals("*")
        ? scope instanceof Scope.National
        : !cover.agency().isBlank() && Where.sees(scope, cover.agency());
  }

  private static String word(Cover cover) {
    return cover.kind() == Hiding.Kind.EXCEPTION ? "exception" : "maintenance";
  }

  private static String detail(Cover cover) {
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
