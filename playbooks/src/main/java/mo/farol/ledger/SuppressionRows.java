package mo.farol.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Suppression;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of the table of covers. */
final class SuppressionRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LISTED = 5_000;

  private SuppressionRows() {}

  /** Those that end after an instant: all that are open, others as far as an agency has few. */
  static List<SuppressionRule> held(Ledger ledger, Instant since, Instant now, int most) {
    return ledger.read(
        h ->
            h.createQuery(
                    """
                    select * from (
                      select *, coalesce(ended_at, until_at) as over_at, row_number() over (
                        partition by agency order by coalesce(ended_at, until_at) desc) as place
                      from cover where coalesce(ended_at, until_at) > ?)
                    where place <= ? or over_at > ?
                    """)
                .bind(0, Micros.of(since))
                .bind(1, most)
                .bind(2, Micros.of(now))
                .map(SuppressionRows::cover)
                .list());
  }

  /** Of a kind, as far as a scope sees them: open ones first, the others the latest first. */
  static List<SuppressionRule> list(
      Ledger ledger, Suppression.Kind kind, Scope scope, Instant now) {
    return ledger.read(
        h ->
            Where.seen(scope)
                .and("kind = ?", kind.name())
                .query(
                    h,
                    "select * from cover",
                    "order by (ended_at is null and until_at > ?) desc, until_at desc limit ?",
                    Micros.of(now),
                    LISTED)
                .map(SuppressionRows::cover)
                .list());
  }

  /** How many of an agency are open. */
  static long open(Handle h, String agency, Instant now) {
    return h.createQuery(
            "select count(*) from cover where agency = ? and ended_at is null and until_at > ?")
        .bind(0, agency)
        .bind(1, Micros.of(now))
        .mapTo(Long.class)
        .one();
  }

  static SuppressionRule insert(Handle h, SuppressionRule c, String by, Instant now) {
    var conditions = JSON.createArrayNode();
    c.conditions()
        .forEach(
            each ->
                conditions.addObject().put("field", each.field()).put("pattern", each.pattern()));
    h.execute(
        """
        insert into cover (kind, name, agency, rule, conditions, hours, from_at, until_at, reason,
          by_whom, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        c.kind().name(),
        c.name(),
        c.agency(),
        c.rule(),
        conditions.toString(),
        c.hours(),
        Micros.of(c.from()),
        Micros.of(c.until()),
        c.reason(),
        by,
        Micros.of(now));
    return h.createQuery("select * from cover order by id desc limit 1")
        .map(SuppressionRows::cover)
        .one();
  }

  private static SuppressionRule cover(ResultSet rs, StatementContext context) throws SQLException {
    long ended = rs.getLong("ended_at");
    var endedAt = rs.wasNull() ? Optional.<Instant>empty() : Optional.of(Micros.toInstant(ended));
    return new SuppressionRule(
        rs.getLong("id"),
        Suppression.Kind.valueOf(rs.getString("kind")),
        rs.getString("name"),
        rs.getString("agency"),
        rs.getString("rule"),
        conditions(rs.getString("conditions")),
        rs.getString("hours"),
        Micros.toInstant(rs.getLong("from_at")),
        Micros.toInstant(rs.getLong("until_at")),
        rs.getString("reason"),
        rs.getString("by_whom"),
        Micros.toInstant(rs.getLong("created_at")),
        endedAt);
  }

  private static List<SuppressionRule.Condition> conditions(String text) {
    try {
      var conditions = new ArrayList<SuppressionRule.Condition>();
      for (var node : JSON.readTree(text)) {
        conditions.add(
            new SuppressionRule.Condition(
                node.path("field").asText(), node.path("pattern").asText()));
      }
      return conditions;
    } catch (JsonProcessingException e) {
      throw new LedgerFault("an exception in the ledger is damaged", e);
    }
  }
}
