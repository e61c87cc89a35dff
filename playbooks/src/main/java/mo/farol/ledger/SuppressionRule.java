package mo.farol.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.alert.Patterns;
import mo.farol.alert.Suppression;

/**
 * An exception or a maintenance: which alerts it keeps out of the queue, from when to when, and who
 * says why. Event time counts, so that a replay hides what was hidden before.
 *
 * @param id 0 before it is kept
 * @param kind {@code EXCEPTION} or {@code MAINTENANCE}
 * @param agency agency id, or {@code *}
 * @param rule id of a rule, with {@code *} for anything; empty for all
 * @param conditions all must hold
 * @param hours of the week, as {@link mo.farol.alert.Hours}; empty for all the time
 * @param endedAt when somebody ended it before its time
 */
public record SuppressionRule(
    long id,
    Suppression.Kind kind,
    String name,
    String agency,
    String rule,
    List<Condition> conditions,
    String hours,
    Instant from,
    Instant until,
    String reason,
    String by,
    Instant createdAt,
    Optional<Instant> endedAt) {
  /** What an alert must be about: a field and a value, {@code *} for anything, or a network. */
  public record Condition(String field, String pattern) {
    boolean fits(Alert.Entity entity) {
      return entity.field().equals(field) && Patterns.fits(pattern, entity.value());
    }
  }

  public SuppressionRule {
    conditions = List.copyOf(conditions);
  }

  /** Whether it holds at a time. */
  public boolean isInForce(Instant now) {
    return !now.isBefore(from) && now.isBefore(end());
  }

  /** When it is over. */
  Instant end() {
    return endedAt.orElse(until);
  }

  /** Whether it holds, or will. */
  boolean isOpen(Instant now) {
    return endedAt.isEmpty() && until.isAfter(now);
  }

  /** How alerts name it that it hides. */
  public String key() {
    return kind + ":" + id;
  }

  // Agencies read it beside their alerts: of one for all agencies neither reason nor author.
  Suppression suppression() {
    String because = agency.equals("*") ? "for all agencies" : "%s (%s)".formatted(reason, by);
    return new Suppression(kind, Long.toString(id), name, because);
  }

  /** The same, ended before its time. */
  SuppressionRule ended(Instant at) {
    return new SuppressionRule(
        id,
        kind,
        name,
        agency,
        rule,
        conditions,
        hours,
        from,
        until,
        reason,
        by,
        createdAt,
        Optional.of(at));
  }
}
