package mo.farol.account;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Agency;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;

/** The agencies the centre watches over. */
public final class Agencies {
  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;

  public Agencies(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /** Adds an agency on behalf of the centre itself; one that is known already stays as it is. */
  public void add(Agency agency) {
    add(agency, "farol");
  }

  /** Adds an agency; one that is known already stays as it is. */
  public void add(Agency agency, String by) {
    ledger.change(
        h -> {
          int added =
              h.execute(
                  "insert or ignore into agency (id, name, created_at) values (?, ?, ?)",
                  agency.id(),
                  agency.name(),
                  Micros.of(clock.instant()));
          if (added > 0) {
            deeds.record(h, by, "agency.added", agency.id(), agency.name());
          }
        });
  }

  /** Agencies in scope, by id. */
  public List<Agency> all(Scope scope) {
    return ledger.read(
        h ->
            h
                .createQuery("select id, name from agency order by id")
                .map((rs, _) -> new Agency(rs.getString("id"), rs.getString("name")))
                .list()
                .stream()
                .filter(a -> scope.sees(a.id()))
                .toList());
  }

  /** One agency. */
  public Optional<Agency> find(String id) {
    return all(Scope.national()).stream().filter(a -> a.id().equals(id)).findFirst();
  }
}
