package mo.farol.incident;

import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.ledger.Desk;

/** The cases of a desk, for tests. */
public final class Cases {
  private Cases() {}

  /** Under the reference policy. */
  public static Incidents on(Desk desk) {
    return new Incidents(
        desk.ledger, desk.deeds, desk.alerts, desk.clock, IncidentPolicy.reference());
  }

  static List<Incident> all(Incidents incidents, Scope scope) {
    return incidents.list(false, scope, 100, Optional.empty()).items();
  }
}
