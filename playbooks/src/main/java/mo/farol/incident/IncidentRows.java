package mo.farol.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.Cursor;
import mo.farol.ledger.Page;
import mo.farol.ledger.Where;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;

/** Reads cases and their history. */
final class IncidentRows {
  private IncidentRows() {}

  static Optional<Incident> find(Handle h, String id, Scope scope) {
    return Where.seen(scope)
        .and("id = ?", id)
        .query(h, "select * from incident", "")
        .map((rs, _) -> incident(rs, alerts(h, rs.getString("id"))))
        .findOne();
  }

  static Page<Incident> page(
      Handle h, IncidentFilter filter, Scope scope, int limit, Optional<Cursor> cursor) {
    long total = filter.where(scope).count(h, "incident");
    var where = filter.where(scope);
    cursor.ifPresent(c -> c.after(where, "updated_at"));
    var found =
        where
            .query(h, "select * from incident", "order by updated_at desc, id limit ?", limit + 1)
            .map((rs, _) -> incident(rs, alerts(h, rs.getString("id"))))
            .list();
    return Page.cut(found, limit, total, i -> new Cursor(Micros.of(i.updatedAt()), i.id()));
  }

  static List<TimelineEntry> timeline(Handle h, String id) {
    return h.createQuery("select * from timeline where incident = ? order by at, number")
        .bind(0, id)
        .map(
            (rs, _) ->
                new TimelineEntry(
                    rs.getLong("number"),
                    Micros.toInstant(rs.getLong("at")),
                    rs.getString("kind"),
                    rs.getString("text"),
                    rs.getString("by_whom"),
                    events(rs.getString("events")),
                    Optional.ofNullable(rs.getString("alert"))))
        .list();
  }

  static List<Alert.Entity> about(Handle h, String id) {
    return h.createQuery(
            "select field, value from incident_entity where incident = ? order by field, value")
        .bind(0, id)
        .map((rs, _) -> new Alert.Entity(rs.getString("field"), rs.getString("value")))
        .list();
  }

  private static Incident incident(ResultSet rs, List<String> alerts) throws SQLException {
    return new Incident(
        rs.getString("id"),
        rs.getString("title"),
        Level.values()[rs.getInt("severity")],
        rs.getString("category"),
        rs.getString("agency"),
        State.valueOf(rs.getString("state")),
        Optional.ofNullable(rs.getString("owner")),
        rs.getString("tlp"),
        Micros.toInstant(rs.getLong("opened_at")),
        Micros.toInstant(rs.getLong("first_event_at")),
        Micros.toInstant(rs.getLong("last_event_at")),
        Micros.toInstant(rs.getLong("updated_at")),
        rs.getInt("exercise") == 1,
        rs.getString("lane"),
        rs.getString("grade_reason"),
        alerts,
        rs.getLong("version"));
  }

  private static List<String> alerts(Handle h, String incident) {
    return h.createQuery("select id from alert where incident = ? order by first_at, id")
        .bind(0, incident)
        .mapTo(String.class)
        .list();
  }

  private static List<EventId> events(String ids) {
    return ids.isEmpty()
        ? List.of()
        : Arrays.stream(ids.split(" ", -1)).map(EventId::parse).toList();
  }
}
