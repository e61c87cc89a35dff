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
import mo.farol.ledger.AlertJson;
import mo.farol.ledger.Page;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;

/** Reads cases and their history. */
final class IncidentRows {
  private IncidentRows() {}

  static Optional<Incident> find(Handle h, String id) {
    return h.createQuery("select * from incident where id = ?")
        .bind(0, id)
        .map((rs, _) -> incident(rs, alerts(h, rs.getString("id"))))
        .findOne();
  }

  static Page<Incident> page(
      Handle h, boolean openOnly, Scope scope, int limit, Optional<String> cursor) {
    // Cases are few: the scope is applied to whole rows rather than spelled into the SQL.
    List<Incident> all =
        h
            .createQuery(
                "select * from incident"
                    + (openOnly ? " where state <> 'CLOSED'" : "")
                    + " order by updated_at desc, id")
            .map((rs, _) -> incident(rs, List.of()))
            .list()
            .stream()
            .filter(i -> scope.sees(i.agency()))
            .toList();
    int from = Math.min(cursor.map(IncidentRows::offset).orElse(0), all.size());
    int to = Math.min(all.size(), from + limit);
    var items =
        all.subList(from, to).stream().map(i -> find(h, i.id())).flatMap(Optional::stream).toList();
    return new Page<>(
        items, to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty(), all.size());
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

  static Alert alert(ResultSet rs) throws SQLException {
    return AlertJson.read(rs.getString("body"), Alert.Status.valueOf(rs.getString("status")));
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
    return h.createQuery(
            "select a.id from alert a join incident_alert ia on ia.alert = a.id where ia.incident ="
                + " ? order by a.first_at, a.id")
        .bind(0, incident)
        .mapTo(String.class)
        .list();
  }

  private static List<EventId> events(String ids) {
    return ids.isEmpty()
        ? List.of()
        : Arrays.stream(ids.split(" ", -1)).map(EventId::parse).toList();
  }

  private static int offset(String cursor) {
    return cursor.matches("\\d{1,9}") ? Integer.parseInt(cursor) : 0;
  }
}
