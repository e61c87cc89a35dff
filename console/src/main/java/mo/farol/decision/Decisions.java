package mo.farol.decision;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.DrlFault;
import mo.farol.alert.RiskBook;
import mo.farol.event.Scope;
import mo.farol.ledger.RulePrecision;
import mo.farol.ledger.SuppressionRules;
import mo.farol.ledger.Where;

/**
 * What decides about alerts.
 *
 * @param book the decision rules and tables in force
 * @param held what is wrong with files whose change is not in force for it
 * @param covers exceptions and maintenance
 * @param precision how often rules were right
 * @param risk of hosts, users and addresses
 * @param assets what agencies have
 */
public record Decisions(
    Supplier<DecisionBook> book,
    Supplier<List<DrlFault>> held,
    SuppressionRules covers,
    RulePrecision precision,
    RiskBook risk,
    AssetBook assets,
    InstantSource clock) {
  /** How far a preview looks back. */
  public static final Duration BACK = Duration.ofDays(30);

  /** What is wrong with decision rules and tables. */
  public List<DrlFault> faults() {
    return Stream.concat(book.get().faults().stream(), held.get().stream()).toList();
  }

  /** The riskiest entities that a scope sees, of one agency where it is not empty. */
  public List<RiskBook.Risk> risks(String agency, Scope scope, int limit) {
    return risk.top(
        id -> Where.sees(scope, id) && (agency.isEmpty() || agency.equals(id)),
        clock.instant(),
        limit);
  }
}
