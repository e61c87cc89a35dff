package mo.farol.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The centre's own side of the cases: which durable alerts open one, join one, or are left to
 * people, as the policy says. Any thread; every batch is one transaction.
 */
final class Triage {
  private static final int AT_ONCE = 100;
  private static final String SAVEPOINT = "alert";
  private static final Logger LOG = LoggerFactory.getLogger(Triage.class);

  private final Ledger ledger;
  private final AlertQueue alerts;
  private final IncidentPolicy policy;
  private final Belonging belonging;
  private final CaseFile cases;
  private final Openings openings;

  Triage(
      Ledger ledger, AlertQueue alerts, IncidentPolicy policy, CaseFile cases, Openings openings) {
    this.ledger = ledger;
    this.alerts = alerts;
    this.policy = policy;
    this.belonging = new Belonging(policy);
    this.cases = cases;
    this.openings = openings;
  }

  /** Considers what is new or has grown, batch by batch; returns how many it looked at. */
  int catchUp() {
    int seen = 0;
    while (true) {
      var fresh = new ArrayList<Incident>();
      int some =
          ledger.write(
              h -> {
                var batch = alerts.unconsidered(AT_ONCE);
                batch.forEach(alert -> attempt(h, alert, fresh));
                return batch.size();
              });
      fresh.forEach(openings::tell);
      seen += some;
      if (some < AT_ONCE) {
        return seen;
      }
    }
  }

  // Many alerts share a transaction: one that fails takes back what it did, and nothing else.
  private void attempt(Handle h, Alert alert, List<Incident> fresh) {
    h.savepoint(SAVEPOINT);
    try {
      consider(h, alert).ifPresent(fresh::add);
    } catch (RuntimeException e) {
      h.rollbackToSavepoint(SAVEPOINT);
      alerts.considered(h, alert);
      LOG.error("alert {} is kept, but the policy failed on it", alert.id(), e);
    }
    h.releaseSavepoint(SAVEPOINT);
  }

  // Opens a case for an alert, joins one, or leaves it to people; the same alert twice changes
  // nothing. Gives the case that was opened for it, if one was.
  private Optional<Incident> consider(Handle h, Alert alert) {
    alerts.considered(h, alert);
    var known = Belonging.caseOf(h, alert.id());
    if (known.isPresent()) {
      cases.grow(h, known.get(), alert);
      return Optional.empty();
    }
    if (alert.status() == Alert.Status.CLOSED || alert.status() == Alert.Status.SUPPRESSED) {
      return Optional.empty();
    }
    var joined = belonging.joinable(h, alert);
    if (joined.isPresent()) {
      cases.attach(h, joined.get(), alert, Incidents.FAROL);
      return Optional.empty();
    }
    if (!alert.severity().isAtLeast(policy.opens())) {
      return Optional.empty();
    }
    String id = cases.open(h, alert, alert.agency(), Incidents.FAROL);
    belonging.related(h, alert).forEach(other -> cases.attach(h, id, other, Incidents.FAROL));
    return IncidentRows.find(h, id, Scope.national());
  }
}
