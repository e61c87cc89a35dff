package mo.farol.rulebook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import mo.farol.event.Micros;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * One version of a rule that is or was in force.
 *
 * @param rule id
 * @param version of what it means
 * @param kind {@code rule}, {@code correlation} or {@code filter}
 * @param level lower-case word, empty for a filter
 * @param author as the text says
 * @param file where it lay
 * @param text of that file, whole
 * @param firstAt when it came into force first
 * @param lastAt when it went; empty while it is in force
 * @param by who published it or rolled back to it; empty where it was found in its file
 */
public record Edition(
    String rule,
    String version,
    String kind,
    String title,
    String level,
    String author,
    String file,
    String text,
    Instant firstAt,
    Optional<Instant> lastAt,
    String by) {
  static Edition of(ResultSet rs, StatementContext context) throws SQLException {
    long last = rs.getLong("last_at");
    boolean isInForce = rs.wasNull();
    return new Edition(
        rs.getString("rule"),
        rs.getString("version"),
        rs.getString("kind"),
        rs.getString("title"),
        rs.getString("level"),
        rs.getString("author"),
        rs.getString("file"),
        rs.getString("text"),
        Micros.toInstant(rs.getLong("first_at")),
        isInForce ? Optional.empty() : Optional.of(Micros.toInstant(last)),
        rs.getString("by_whom"));
  }

  /** Whether it is in force. */
  public boolean isInForce() {
    return lastAt.isEmpty();
  }
}
