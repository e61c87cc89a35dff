package mo.farol.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.Micros;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of the alert table: written as detected, read as people see them. */
final class AlertRows {
  // What a person set (status, assignee, verdict, reason, incident) is not among what is updated.
  private static final String UPSERT =
      """
      insert into alert (id, agency, severity, rule, title, lane, exercise, first_at, last_at,
        raised_at, count, body, words, status, hidden_by)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set severity = excluded.severity, title = excluded.title,
        first_at = excluded.first_at, last_at = excluded.last_at, count = excluded.count, body = excluded.body,
        words = excluded.words
      """;

  private AlertRows() {}

  static AlertRow row(ResultSet rs, StatementContext context) throws SQLException {
    return new AlertRow(
        alert(rs, context),
        Optional.ofNullable(rs.getString("assignee")),
        Optional.ofNullable(rs.getString("verdict")).map(Verdict::valueOf),
        Optional.ofNullable(rs.getString("reason")),
        Optional.ofNullable(rs.getString("incident")));
  }

  static Alert alert(ResultSet rs, StatementContext context) throws SQLException {
    return AlertJson.read(rs.getString("body"), Alert.Status.valueOf(rs.getString("status")));
  }

  static void save(Handle h, Collection<Alert> alerts) {
    try (var batch = h.prepareBatch(UPSERT)) {
      for (var a : alerts) {
        batch.add(
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
            a.status().name(),
            a.hiddenBy().orElse(null));
      }
      batch.execute();
    }
  }

  private static String words(Alert a) {
    var words = new StringBuilder(a.title()).append('\n').append(a.rule().title());
    a.entities().forEach(e -> words.append('\n').append(e.value()));
    a.techniques().forEach(t -> words.append('\n').append(t));
    a.told().forEach(name -> words.append('\n').append(AlertFilter.toldTo(name)));
    return words.append('\n').append(a.agency()).toString().toLowerCase(Locale.ROOT);
  }
}
