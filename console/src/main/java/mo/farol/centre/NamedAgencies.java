package mo.farol.centre;

import mo.farol.account.Agencies;
import mo.farol.event.Agency;
import mo.farol.event.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agencies that the configuration or an archive names: each becomes one. */
final class NamedAgencies {
  private static final Logger log = LoggerFactory.getLogger(NamedAgencies.class);
  private static final int NEAR = 2; // letters between a name and one that was meant

  private final Agencies agencies;

  NamedAgencies(Agencies agencies) {
    this.agencies = agencies;
  }

  /** An agency from now on, if it was none. */
  void add(String id) {
    agencies.add(new Agency(id, id));
  }

  /** The agency of a listener: one nobody has added is named in the log. */
  void pinned(String id) {
    if (agencies.find(id).isPresent()) {
      return;
    }
    String near =
        agencies.all(Scope.national()).stream()
            .filter(known -> Distance.between(known.id(), id) <= NEAR)
            .findFirst()
            .map(known -> "; did you mean '" + known.id() + "'?")
            .orElse("");
    log.warn(
        "intake.pinned names agency '{}', which nobody has added: it is one from now on{}",
        id,
        near);
    add(id);
  }
}
