package mo.farol.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Hiding;
import mo.farol.event.Micros;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of the table of covers. */
final class CoverRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 5_000;

  private CoverRows() {}

  /** All, newest first. */
  static List<Cover> all(Ledger ledger) {
    return ledger.read(
        h ->
            h.createQuery("select * from cover order by id desc limit ?")
                .bind(0, KEPT)
                .map(CoverRows::cover)
                .list());
  }

  static Cover insert(Handle h, Cover c, String by, Instant now) {
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
        .map(CoverRows::cover)
        .one();
  }

  private static Cover cover(ResultSet rs, StatementContext context) throws SQLException {
    long ended = rs.getLong("ended_at");
    var endedAt = rs.wasNull() ? Optional.<Instant>empty() : Optional.of(Micros.toInstant(ended));
    return new Cover(
        rs.getLong("id"),
        Hiding.Kind.valueOf(rs.getString("kind")),
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

  private static List<Cover.Condition> conditions(String text) {
    try {
      var conditions = new ArrayList<Cover.Condition>();
      for (var node : JSON.readTree(text)) {
        conditions.add(
            new Cover.Condition(node.path("field").asText(), node.path("pattern").asText()));
      }
      return conditions;
    } catch (JsonProcessingException e) {
      throw new LedgerFault("an exception in the ledger is damaged", e);
    }
  }
}
