package mo.farol.ledger;

import java.util.Optional;
import java.util.Set;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;

/**
 * Which alerts a person wants to see.
 *
 * @param statuses any of these; empty for all
 * @param atLeast mildest severity
 * @param agency one agency
 * @param text part of title, rule, entities or techniques, in any case of letters
 * @param lane one import, or the live lane where empty text; all where absent
 * @param rule id of the rule that raised it
 */
public record AlertFilter(
    Set<Alert.Status> statuses,
    Optional<Level> atLeast,
    Optional<String> agency,
    Optional<String> text,
    Optional<String> lane,
    Optional<String> rule) {
  public AlertFilter {
    statuses = Set.copyOf(statuses);
  }

  /** A filter that leaves the rule open. */
  public AlertFilter(
      Set<Alert.Status> statuses,
      Optional<Level> atLeast,
      Optional<String> agency,
      Optional<String> text,
      Optional<String> lane) {
    this(statuses, atLeast, agency, text, lane, Optional.empty());
  }

  /** The text by which alerts are found that are told to somebody. */
  public static String toldTo(String name) {
    return "told:" + name + ";";
  }

  /** Everything. */
  public static AlertFilter all() {
    return new AlertFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What waits for somebody. */
  public static AlertFilter open() {
    return new AlertFilter(
        Set.of(Alert.Status.OPEN, Alert.Status.ACKNOWLEDGED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The filter as a condition, within a scope. */
  Where where(Scope scope) {
    var where = Where.seen(scope);
    if (!statuses.isEmpty()) {
      where.in("status", statuses.stream().map(Enum::name).sorted().toList());
    }
    atLeast.ifPresent(level -> where.and("severity >= ?", level.ordinal()));
    agency.ifPresent(id -> where.and("agency = ?", id));
    lane.ifPresent(id -> where.and("lane = ?", id));
    rule.ifPresent(id -> where.and("rule = ?", id));
    text.ifPresent(part -> where.andText("words", part));
    return where;
  }
}
