package mo.farol.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.alert.AlertBook;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Alerts, for the detection thread that raises them ({@link AlertBook}) and for the people who take
 * them. What a person decided is never overwritten by what is detected later.
 */
public final class AlertQueue implements AlertBook {
  private static final String CHECKPOINT = "detect";
  private static final Duration GROWING = Duration.ofHours(6);

  private final Ledger ledger;
  private final Deeds deeds;
  private final Map<String, Alert> unsaved = new LinkedHashMap<>();

  public AlertQueue(Ledger ledger, Deeds deeds) {
    this.ledger = ledger;
    this.deeds = deeds;
  }

  // --- the detection thread's side ---

  @Override
  public long next() {
    return ledger.read(
        h ->
            h.createQuery("select next from checkpoint where name = ?")
                .bind(0, CHECKPOINT)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  @Override
  public List<Alert> growing() {
    return ledger.read(
        h ->
            h.createQuery(
                    "select a.body, a.status from alert a join (select lane, max(last_at) as newest"
                        + " from alert group by lane) l on l.lane = a.lane where a.last_at >="
                        + " l.newest - ?")
                .bind(0, GROWING.toNanos() / 1000)
                .map(
                    (rs, _) ->
                        AlertJson.read(
                            rs.getString("body"), Alert.Status.valueOf(rs.getString("status"))))
                .list());
  }

  @Override
  public void save(Alert alert) {
    unsaved.put(alert.id(), alert);
  }

  @Override
  public void checkpoint(long next) {
    ledger.change(
        h -> {
          unsaved.values().forEach(alert -> upsert(h, alert));
          h.execute(
              "insert into checkpoint (name, next) values (?, ?) on conflict (name) do update set"
                  + " next = excluded.next",
              CHECKPOINT,
              next);
        });
    unsaved.clear();
  }

  private static void upsert(Handle h, Alert a) {
    h.execute(
        "insert into alert (id, agency, severity, rule, title, lane, exercise, first_at, last_at,"
            + " raised_at, count, body, words, status) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?) on conflict (id) do update set severity = excluded.severity, title ="
            + " excluded.title, last_at = excluded.last_at, count = excluded.count, body ="
            + " excluded.body, words = excluded.words",
        a.id(),
        a.agency(),
        a.severity().ordinal(),
        a.rule().id(),
        a.title(),
        a.lane(),
        a.exercise() ? 1 : 0,
        Micros.of(a.firstAt()),
        Micros.of(a.lastAt()),
        Micros.of(a.raisedAt()),
        a.count(),
        AlertJson.write(a),
        words(a),
        a.status().name());
  }

  private static String words(Alert a) {
    var words = new StringBuilder(a.title()).append(' ').append(a.rule().title());
    a.entities().forEach(e -> words.append(' ').append(e.value()));
    a.techniques().forEach(t -> words.append(' ').append(t));
    return words.append(' ').append(a.agency()).toString().toLowerCase(Locale.ROOT);
  }

  // --- people's side ---

  /** Alerts that match, newest first. */
  public Page<AlertRow> list(AlertFilter filter, Scope scope, int limit, Optional<String> cursor) {
    var where = AlertWhere.of(filter, scope);
    return ledger.read(
        h -> {
          long total =
              where
                  .bind(h.createQuery("select count(*) from alert where " + where.sql()))
                  .mapTo(Long.class)
                  .one();
          long offset = cursor.map(AlertQueue::offset).orElse(0L);
          var rows =
              where
                  .bind(
                      h.createQuery(
                          "select * from alert where "
                              + where.sql()
                              + " order by raised_at desc, id limit :limit offset :offset"))
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map(AlertRows::row)
                  .list();
          long after = offset + rows.size();
          return new Page<>(
              rows, after < total ? Optional.of(Long.toString(after)) : Optional.empty(), total);
        });
  }

  /** One alert; empty when there is none or the scope does not see it. */
  public Optional<AlertRow> get(String id, Scope scope) {
    return ledger.read(
        h ->
            h.createQuery("select * from alert where id = ?")
                .bind(0, id)
                .map(AlertRows::row)
                .findOne()
                .filter(row -> scope.sees(row.alert().agency())));
  }

  /** How many alerts wait, by severity. */
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
    var byAgency = new java.util.TreeMap<String, Map<Level, Long>>();
    ledger.read(
        h ->
            h.createQuery(
                    "select agency, severity, count(*) as n from alert where status <> 'CLOSED'"
                        + " group by agency, severity")
                .map(
                    (rs, _) -> {
                      if (scope.sees(rs.getString("agency"))) {
                        byAgency
                            .computeIfAbsent(
                                rs.getString("agency"), _ -> new EnumMap<>(Level.class))
                            .put(Level.values()[rs.getInt("severity")], rs.getLong("n"));
                      }
                      return 0;
                    })
                .list());
    return byAgency;
  }

  /** Takes alerts: acknowledged and assigned to whoever does it. Returns how many changed. */
  public int acknowledge(Collection<String> ids, String by, Scope scope) {
    return each(
        ids,
        scope,
        (h, row) -> {
          if (row.alert().status() != Alert.Status.OPEN) {
            return false;
          }
          h.execute(
              "update alert set status = 'ACKNOWLEDGED', assignee = ? where id = ?",
              by,
              row.alert().id());
          deeds.record(h, by, "alert.acknowledged", row.alert().id(), row.alert().title());
          return true;
        });
  }

  /** Closes alerts with what they were found to be, and why. Returns how many changed. */
  public int close(Collection<String> ids, String by, Verdict verdict, String reason, Scope scope) {
    return each(
        ids,
        scope,
        (h, row) -> {
          if (row.alert().status() == Alert.Status.CLOSED) {
            return false;
          }
          h.execute(
              "update alert set status = 'CLOSED', assignee = coalesce(assignee, ?), verdict = ?,"
                  + " reason = ? where id = ?",
              by,
              verdict.name(),
              reason,
              row.alert().id());
          deeds.record(h, by, "alert.closed", row.alert().id(), verdict.name() + ": " + reason);
          return true;
        });
  }

  /** Opens closed alerts again. Returns how many changed. */
  public int reopen(Collection<String> ids, String by, Scope scope) {
    return each(
        ids,
        scope,
        (h, row) -> {
          if (row.alert().status() != Alert.Status.CLOSED) {
            return false;
          }
          h.execute(
              "update alert set status = 'OPEN', verdict = null, reason = null where id = ?",
              row.alert().id());
          deeds.record(h, by, "alert.reopened", row.alert().id(), row.alert().title());
          return true;
        });
  }

  private interface Change {
    boolean apply(Handle h, AlertRow row);
  }

  private int each(Collection<String> ids, Scope scope, Change change) {
    var rows = new ArrayList<AlertRow>();
    ids.forEach(id -> get(id, scope).ifPresent(rows::add));
    return ledger.write(
        h -> {
          int changed = 0;
          for (var row : rows) {
            changed += change.apply(h, row) ? 1 : 0;
          }
          return changed;
        });
  }

  private static long offset(String cursor) {
    try {
      return Math.max(0, Long.parseLong(cursor));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The condition of a filter and a scope, with its values. */
  private record AlertWhere(String sql, Map<String, Object> values) {
    static AlertWhere of(AlertFilter filter, Scope scope) {
      var sql = new StringBuilder("1 = 1");
      var values = new LinkedHashMap<String, Object>();
      if (!filter.statuses().isEmpty()) {
        in(sql, values, "status", filter.statuses().stream().map(Enum::name).sorted().toList());
      }
      switch (scope) {
        case Scope.National _ -> {}
        case Scope.Agencies(var agencies) ->
            in(sql, values, "agency", agencies.stream().sorted().toList());
      }
      filter
          .atLeast()
          .ifPresent(level -> and(sql, values, "severity >= :level", "level", level.ordinal()));
      filter.agency().ifPresent(agency -> and(sql, values, "agency = :one", "one", agency));
      filter.lane().ifPresent(lane -> and(sql, values, "lane = :lane", "lane", lane));
      filter
          .text()
          .filter(t -> !t.isBlank())
          .ifPresent(
              t ->
                  and(
                      sql,
                      values,
                      "instr(words, :text) > 0",
                      "text",
                      t.toLowerCase(Locale.ROOT).strip()));
      return new AlertWhere(sql.toString(), values);
    }

    Query bind(Query query) {
      values.forEach(query::bind);
      return query;
    }

    private static void and(
        StringBuilder sql,
        Map<String, Object> values,
        String condition,
        String name,
        Object value) {
      sql.append(" and ").append(condition);
      values.put(name, value);
    }

    private static void in(
        StringBuilder sql, Map<String, Object> values, String column, List<String> items) {
      sql.append(" and ").append(column).append(" in (''");
      for (String item : items) {
        String name = column + values.size();
        sql.append(", :").append(name);
        values.put(name, item);
      }
      sql.append(')');
    }
  }
}
