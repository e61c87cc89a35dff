package mo.farol.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import mo.farol.alert.Alert;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of the alert table as people see them. */
final class AlertRows {
  private AlertRows() {}

  static AlertRow row(ResultSet rs, StatementContext context) throws SQLException {
    return new AlertRow(
        AlertJson.read(rs.getString("body"), Alert.Status.valueOf(rs.getString("status"))),
        Optional.ofNullable(rs.getString("assignee")),
        Optional.ofNullable(rs.getString("verdict")).map(Verdict::valueOf),
        Optional.ofNullable(rs.getString("reason")),
        Optional.ofNullable(rs.getString("incident")));
  }
}
