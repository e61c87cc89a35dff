package mo.farol.ledger;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which alerts people closed; asked at every growth of an alert, hence not of the ledger. */
final class ClosedAlerts {
  private final Ledger ledger;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  ClosedAlerts(Ledger ledger) {
    this.ledger = ledger;
    ids.addAll(
        ledger.read(
            h ->
                h.createQuery("select id from alert where status = 'CLOSED'")
                    .mapTo(String.class)
                    .list()));
  }

  boolean has(String id) {
    return ids.contains(id);
  }

  /** Learns what these alerts are now, whoever else changed them at the same time. */
  synchronized void remember(Collection<String> changed) {
    for (String id : changed) {
      boolean isClosed =
          ledger.read(
              h ->
                  h.createQuery("select count(*) from alert where id = ? and status = 'CLOSED'")
                          .bind(0, id)
                          .mapTo(Integer.class)
                          .one()
                      > 0);
      if (isClosed) {
        ids.add(id);
      } else {
        ids.remove(id);
      }
    }
  }
}
