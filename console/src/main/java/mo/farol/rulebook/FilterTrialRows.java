package mo.farol.rulebook;

import java.time.InstantSource;
import java.util.List;
import mo.farol.alert.Filtered;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.Ledger;
import mo.farol.ledger.Where;
import org.jdbi.v3.core.Handle;

/** What filters in shadow would have taken away, in the ledger. */
public final class FilterTrialRows {
  /** Alerts that a trial names at most, the newest. */
  public static final int NAMED = 50;

  /**
   * Detections of one rule at one agency.
   *
   * @param rule that the filter would apply to
   * @param title of the rule, its id where it is in force no more
   * @param detections of it, since the filter is in shadow
   * @param taken of these, how many the filter would have taken away
   */
  public record OfRule(
      String filter, String rule, String title, String agency, long detections, long taken) {
    OfRule called(String name) {
      return new OfRule(filter, rule, name, agency, detections, taken);
    }
  }

  /**
   * An alert that would have been smaller, or none.
   *
   * @param title of it
   * @param taken events of it whose detections would have been taken away
   * @param events that it names: the newest 1,000 at most
   */
  public record OfAlert(
      String filter, String alert, String title, String agency, long taken, long events) {
    /** Whether nothing of the alert would have been left. */
    public boolean isWhole() {
      return taken >= events;
    }
  }

  /**
   * All that a scope may know of a trial.
   *
   * @param alerts the newest, at most {@value #NAMED} of each filter
   */
  public record Found(List<OfRule> rules, List<OfAlert> alerts) {
    static final Found NOTHING = new Found(List.of(), List.of());

    /** Detections that would have been taken away. */
    public long taken() {
      return rules.stream().mapToLong(OfRule::taken).sum();
    }
  }

  private final Ledger ledger;
  private final InstantSource clock;

  FilterTrialRows(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Adds what filters in shadow would have taken away. */
  void add(Filtered filtered) {
    if (filtered.isEmpty()) {
      return;
    }
    long now = Micros.of(clock.instant());
    ledger.change(
        h -> {
          filtered.counts().forEach(count -> add(h, count, now));
          filtered.alerts().forEach(alert -> add(h, alert, now));
        });
  }

  private static void add(Handle h, Filtered.Count c, long now) {
    h.execute(
        """
        insert into filter_shadow (filter, version, rule, agency, detections, taken, first_at,
          last_at) values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (filter, version, rule, agency) do update set
          detections = detections + excluded.detections, taken = taken + excluded.taken,
          last_at = excluded.last_at
        """,
        c.filter(),
        c.version(),
        c.rule(),
        c.agency(),
        c.detections(),
        c.taken(),
        now,
        now);
  }

  private static void add(Handle h, Filtered.OfAlert a, long now) {
    h.execute(
        """
        insert into filter_shadow_alert (filter, version, alert, agency, taken, events, last_at)
          values (?, ?, ?, ?, ?, ?, ?)
        on conflict (filter, version, alert) do update set
          taken = max(taken, excluded.taken), events = excluded.events, last_at = excluded.last_at
        """,
        a.filter(),
        a.version(),
        a.alert(),
        a.agency(),
        a.taken(),
        a.events(),
        now);
  }

  /** What a filter's version would have taken away at the agencies of a scope. */
  Found found(String filter, String version, Scope scope) {
    return ledger.read(
        h -> new Found(rules(h, filter, version, scope), alerts(h, filter, version, scope)));
  }

  private static List<OfRule> rules(Handle h, String filter, String version, Scope scope) {
    return Where.seen(scope)
        .and("filter = ? and version = ?", filter, version)
        .query(h, "select * from filter_shadow", "order by taken desc, rule, agency limit 500")
        .map(
            (rs, _) ->
                new OfRule(
                    filter,
                    rs.getString("rule"),
                    rs.getString("rule"),
                    rs.getString("agency"),
                    rs.getLong("detections"),
                    rs.getLong("taken")))
        .list();
  }

  private static List<OfAlert> alerts(Handle h, String filter, String version, Scope scope) {
    return Where.seen(scope)
        .and("filter = ? and version = ?", filter, version)
        .query(
            h,
            "select f.*, (select title from alert where id = f.alert) as title from"
                + " filter_shadow_alert f",
            "order by last_at desc, alert limit " + NAMED)
        .map(
            (rs, _) ->
                new OfAlert(
                    filter,
                    rs.getString("alert"),
                    String.valueOf(rs.getString("title")),
                    rs.getString("agency"),
                    rs.getLong("taken"),
                    rs.getLong("events")))
        .list();
  }
}
