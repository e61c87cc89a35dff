package mo.farol.decision;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import mo.farol.alert.Assets;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.RiskBook;
import mo.farol.event.Scope;
import mo.farol.ledger.Covers;
import mo.farol.ledger.RulePrecision;
import mo.farol.ledger.Where;

/**
 * What decides about alerts.
 *
 * @param book the decision rules and tables in force
 * @param covers exceptions and maintenance
 * @param precision how often rules were right
 * @param risk of hosts, users and addresses
 * @param assets what agencies have
 */
public record Decisions(
    Supplier<DecisionBook> book,
    Covers covers,
    RulePrecision precision,
    RiskBook risk,
    Supplier<Assets> assets,
    InstantSource clock) {
  /** How far a preview looks back. */
  public static final Duration BACK = Duration.ofDays(30);

  /** The riskiest entities that a scope sees, of one agency where it is not empty. */
  public List<RiskBook.Risk> risks(String agency, Scope scope, int limit) {
    return risk.top(
        id -> Where.sees(scope, id) && (agency.isEmpty() || agency.equals(id)),
        clock.instant(),
        limit);
  }
}
