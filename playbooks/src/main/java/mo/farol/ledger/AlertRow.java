package mo.farol.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import mo.farol.alert.Alert;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * An alert with what people made of it.
 *
 * @param alert as detected; its status is the person's
 * @param assignee who took it
 * @param verdict what it was found to be
 * @param reason why it was closed
 * @param incident the incident it belongs to
 */
public record AlertRow(
    Alert alert,
    Optional<String> assignee,
    Optional<Verdict> verdict,
    Optional<String> reason,
    Optional<String> incident) {
  /** Reads a row of the alert table, within a transaction of another room of this module. */
  public static AlertRow of(ResultSet rs, StatementContext context) throws SQLException {
    return AlertRows.row(rs, context);
  }
}
