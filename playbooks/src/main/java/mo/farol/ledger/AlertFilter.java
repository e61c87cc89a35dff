package mo.farol.ledger;

import java.util.Optional;
import java.util.Set;
import mo.farol.alert.Alert;
import mo.farol.sigma.Level;

/**
 * Which alerts a person wants to see.
 *
 * @param statuses any of these; empty for all
 * @param atLeast mildest severity
 * @param agency one agency
 * @param text words of title, rule, entities
 * @param lane one import, or the live lane where empty text; all where absent
 */
public record AlertFilter(
    Set<Alert.Status> statuses,
    Optional<Level> atLeast,
    Optional<String> agency,
    Optional<String> text,
    Optional<String> lane) {
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
}
