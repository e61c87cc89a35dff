package mo.farol.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/** People make cases of alerts: which of them belong together, and which may never share one. */
final class Escalation {
  private static final String DRILL = "drill data and live data never share a case";

  private final Ledger ledger;
  private final AlertQueue alerts;
  private final CaseFile cases;
  private final Openings openings;

  Escalation(Ledger ledger, AlertQueue alerts, CaseFile cases, Openings openings) {
    this.ledger = ledger;
    this.alerts = alerts;
    this.cases = cases;
    this.openings = openings;
  }

  /** The case made of the alerts or added to; empty when the scope does not see them or it. */
  Optional<Incident> escalate(
      Collection<String> ids, Optional<String> into, String by, Scope scope) {
    var fresh = new ArrayList<Incident>();
    var result =
        ledger.write(
            h -> {
              var chosen = chosen(ids, scope);
              var target = into.flatMap(id -> IncidentRows.find(h, id, scope));
              if (chosen.isEmpty() || into.isPresent() && target.isEmpty()) {
                return Optional.<Incident>empty();
              }
              oneKind(chosen);
              return target.isPresent()
                  ? add(h, chosen, target.get(), by)
                  : gather(h, chosen, by, scope, fresh);
            });
    fresh.forEach(openings::tell);
    return result;
  }

  private List<Alert> chosen(Collection<String> ids, Scope scope) {
    return ids.stream()
        .distinct()
        .flatMap(id -> alerts.get(id, scope).stream())
        .map(AlertRow::alert)
        .toList();
  }

  private Optional<Incident> gather(
      Handle h, List<Alert> chosen, String by, Scope scope, List<Incident> fresh) {
    for (var alert : chosen) {
      var known = Belonging.caseOf(h, alert.id()).flatMap(id -> IncidentRows.find(h, id, scope));
      if (known.isPresent()) {
        return add(h, chosen, known.get(), by);
      }
    }
    var agencies = new TreeSet<>(chosen.stream().map(Alert::agency).toList());
    if (agencies.size() > 1 && !(scope instanceof Scope.National)) {
      throw new Conflict("a case of several agencies is opened by the centre's own people");
    }
    String agency = agencies.size() > 1 ? Alert.NATIONAL : agencies.first();
    var gravest = chosen.stream().max(Comparator.comparing(Alert::severity)).orElseThrow();
    String id = cases.open(h, gravest, agency, by);
    var made = add(h, chosen, find(h, id).orElseThrow(), by);
    made.ifPresent(fresh::add);
    return made;
  }

  private Optional<Incident> add(Handle h, List<Alert> chosen, Incident incident, String by) {
    for (var alert : chosen) {
      fits(alert, incident);
      var known = Belonging.caseOf(h, alert.id());
      if (known.isPresent() && !known.get().equals(incident.id())) {
        throw new Conflict("'%s' is already in %s".formatted(alert.title(), known.get()));
      }
      if (known.isEmpty()) {
        cases.attach(h, incident.id(), alert, by);
      }
    }
    return find(h, incident.id());
  }

  private static void fits(Alert alert, Incident incident) {
    boolean same =
        incident.agency().equals(alert.agency()) || incident.agency().equals(Alert.NATIONAL);
    if (!same) {
      throw new Conflict(
          "%s is a case of %s; '%s' belongs to %s"
              .formatted(incident.id(), incident.agency(), alert.title(), alert.agency()));
    }
    if (incident.exercise() != alert.exercise()) {
      throw new Conflict(DRILL);
    }
  }

  private static void oneKind(List<Alert> chosen) {
    if (chosen.stream().map(Alert::exercise).distinct().count() > 1) {
      throw new Conflict(DRILL);
    }
  }

  private static Optional<Incident> find(Handle h, String id) {
    return IncidentRows.find(h, id, Scope.national());
  }
}
