package mo.farol.ledger;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mo.farol.alert.Alert;
import mo.farol.alert.AlertBook;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;

/**
 * Alerts for the people who take them. What a person decided is never overwritten by what is
 * detected later.
 */
public final class AlertQueue {
  private final Ledger ledger;
  private final Deeds deeds;
  private final ClosedAlerts closed;
  private final AlertBook book;
  private final RulePrecision precision;

  public AlertQueue(Ledger ledger, Deeds deeds) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.closed = new ClosedAlerts(ledger);
    this.book = new DetectedAlerts(ledger, closed);
    this.precision = new RulePrecision(ledger);
  }

  /** Where the detection thread keeps what it raises. */
  public AlertBook book() {
    return book;
  }

  /** How often rules were right. */
  public RulePrecision precision() {
    return precision;
  }

  /** Durable alerts, new or grown, that no policy has looked at yet; oldest first. */
  public List<Alert> unconsidered(int limit) {
    return ledger.read(
        h ->
            h.createQuery(
                    """
                    select body, status from alert
                    where considered < count order by considered, raised_at, id limit ?
                    """)
                .bind(0, limit)
                .map(AlertRows::alert)
                .list());
  }

  /** Remembers, within a transaction, that a policy has looked at this state of an alert. */
  public void considered(Handle h, Alert alert) {
    h.execute(
        "update alert set considered = max(considered, ?) where id = ?", alert.count(), alert.id());
  }

  /** Alerts that match, newest first; the limit is 1 to 1,000. */
  public Page<AlertRow> list(AlertFilter filter, Scope scope, int limit, Optional<String> cursor) {
    int rows = Math.clamp(limit, 1, 1_000);
    return ledger.read(
        h -> {
          long total = filter.where(scope).count(h, "alert");
          var where = filter.where(scope);
          cursor.map(Cursor::parse).ifPresent(c -> c.after(where, "raised_at"));
          var found =
              where
                  .query(h, "select * from alert", "order by raised_at desc, id limit ?", rows + 1)
                  .map(AlertRows::row)
                  .list();
          return Page.cut(
              found, rows, total, r -> new Cursor(Micros.of(r.alert().raisedAt()), r.alert().id()));
        });
  }

  /** One alert; empty when there is none or the scope does not see it. */
  public Optional<AlertRow> get(String id, Scope scope) {
    return ledger.read(
        h ->
            Where.seen(scope)
                .and("id = ?", id)
                .query(h, "select * from alert", "")
                .map(AlertRows::row)
                .findOne());
  }

  /** How many alerts wait, by severity; every severity is there. */
  public Map<Level, Long> open(Scope scope) {
    var counts = new EnumMap<Level, Long>(Level.class);
    for (Level level : Level.values()) {
      counts.put(level, 0L);
    }
    openByAgency(scope)
        .values()
        .forEach(of -> of.forEach((level, n) -> counts.merge(level, n, Long::sum)));
    return counts;
  }

  /** How many alerts wait, by agency and severity; agencies without one are left out. */
  public Map<String, Map<Level, Long>> openByAgency(Scope scope) {
    var byAgency = new TreeMap<String, Map<Level, Long>>();
    ledger
        .read(
            h ->
                Where.seen(scope)
                    .and("status not in ('CLOSED', 'SUPPRESSED')")
                    .query(
                        h,
                        "select agency, severity, count(*) as n from alert",
                        "group by agency, severity")
                    .map((rs, _) -> new Waiting(rs.getString(1), rs.getInt(2), rs.getLong(3)))
                    .list())
        .forEach(
            w ->
                byAgency
                    .computeIfAbsent(w.agency(), _ -> new EnumMap<>(Level.class))
                    .put(Level.values()[w.severity()], w.count()));
    return byAgency;
  }

  private record Waiting(String agency, int severity, long count) {}

  /** Takes alerts: acknowledged and assigned to whoever does it. Returns how many changed. */
  public int acknowledge(Collection<String> ids, String by, Scope scope) {
    return each(
        ids,
        scope,
        (h, alert) -> {
          int changed =
              h.execute(
                  "update alert set status = 'ACKNOWLEDGED', assignee = ? where id = ? and status ="
                      + " 'OPEN'",
                  by,
                  alert.id());
          return told(h, changed, by, "alert.acknowledged", alert.id(), alert.title());
        });
  }

  /** Closes alerts with what they were found to be, and why. Returns how many changed. */
  public int close(Collection<String> ids, String by, Verdict verdict, String reason, Scope scope) {
    return each(
        ids,
        scope,
        (h, alert) -> {
          int changed =
              h.execute(
                  """
                  update alert set status = 'CLOSED', assignee = coalesce(assignee, ?),
                    verdict = ?, reason = ? where id = ? and status <> 'CLOSED'
                  """,
                  by,
                  verdict.name(),
                  reason,
                  alert.id());
          return told(h, changed, by, "alert.closed", alert.id(), verdict.name() + ": " + reason);
        });
  }

  /** Opens closed alerts again, and suppressed ones. Returns how many changed. */
  public int reopen(Collection<String> ids, String by, Scope scope) {
    return each(
        ids,
        scope,
        (h, alert) -> {
          int changed =
              h.execute(
                  """
                  update alert set status = 'OPEN', verdict = null, reason = null
                  where id = ? and status in ('CLOSED', 'SUPPRESSED')
                  """,
                  alert.id());
          return told(h, changed, by, "alert.reopened", alert.id(), alert.title());
        });
  }

  private interface Change {
    int apply(Handle h, Alert alert);
  }

  // One transaction for all: two people who take the same alerts can't both have taken one.
  private int each(Collection<String> ids, Scope scope, Change change) {
    int done =
        ledger.write(
            h -> {
              int changed = 0;
              for (String id : ids) {
                var row = get(id, scope);
                changed += row.isPresent() ? change.apply(h, row.get().alert()) : 0;
              }
              return changed;
            });
    closed.remember(ids);
    precision.renew();
    return done;
  }

  private int told(Handle h, int changed, String by, String what, String on, String detail) {
    if (changed > 0) {
      deeds.record(h, by, what, on, detail);
    }
    return changed;
  }
}
