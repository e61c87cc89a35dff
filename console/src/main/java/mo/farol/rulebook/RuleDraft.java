package mo.farol.rulebook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.event.Micros;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A text of rules on its way into force.
 *
 * @param number counted from 1
 * @param title of its first document
 * @param text one or more documents, as a file would hold them
 * @param authors who wrote the text or answers for it, the first first: none of them may publish it
 * @param note why, for whoever publishes it
 * @param shadowAt since when it runs in shadow
 * @param decidedBy who published or dropped it
 * @param file of a rule folder that holds the text, or that went where there is none; empty where
 *     people wrote it here
 */
public record RuleDraft(
    long number,
    State state,
    String title,
    String text,
    List<String> authors,
    String note,
    Instant createdAt,
    Instant changedAt,
    Optional<Instant> shadowAt,
    Optional<Instant> decidedAt,
    Optional<String> decidedBy,
    String file) {
  /** How far it has come. */
  public enum State {
    DRAFT,
    /** Matched and counted, without an alert. */
    SHADOW,
    PUBLISHED,
    DROPPED
  }

  static RuleDraft of(ResultSet rs, StatementContext context) throws SQLException {
    return new RuleDraft(
        rs.getLong("number"),
        State.valueOf(rs.getString("state")),
        rs.getString("title"),
        rs.getString("text"),
        rs.getString("authors").lines().toList(),
        rs.getString("note"),
        Micros.toInstant(rs.getLong("created_at")),
        Micros.toInstant(rs.getLong("changed_at")),
        instant(rs, "shadow_at"),
        instant(rs, "decided_at"),
        Optional.ofNullable(rs.getString("decided_by")),
        rs.getString("file"));
  }

  private static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
    long micros = rs.getLong(column);
    return rs.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }

  /** Whether it may still become something. */
  public boolean isOpen() {
    return state == State.DRAFT || state == State.SHADOW;
  }

  /** Whether it is a change in a rule folder that waits. */
  public boolean isOfFolder() {
    return !file.isEmpty();
  }

  /** Whether it is a file that went. */
  public boolean isGone() {
    return isOfFolder() && text.isEmpty();
  }

  /** Whether nobody has said yet that they answer for it: of a file nobody knows who wrote it. */
  public boolean needsAuthor() {
    return isOpen() && isOfFolder() && authors.isEmpty();
  }

  /** Throws {@link IllegalArgumentException} where it is published or dropped already. */
  void mustBeOpen() {
    if (!isOpen()) {
      throw new IllegalArgumentException(
          "the draft is %s already".formatted(state.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** What refusals call it while it runs in shadow. */
  String name() {
    return "draft-" + number;
  }
}
