package mo.farol.ledger;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.alert.Alert;
import mo.farol.alert.AlertBook;
import mo.farol.alert.RiskBook;

/** Alerts as the detection thread raises them; durable together with its place in the journal. */
final class DetectedAlerts implements AlertBook {
  private static final String CHECKPOINT = "detect";
  private static final Duration GROWING = Duration.ofHours(6);
  private static final Duration IMPORTS = Duration.ofDays(1);

  private final Ledger ledger;
  private final ClosedAlerts closed;
  private final Map<String, Alert> unsaved = new LinkedHashMap<>();

  DetectedAlerts(Ledger ledger, ClosedAlerts closed) {
    this.ledger = ledger;
    this.closed = closed;
  }

  @Override
  public long next() {
    return ledger.read(
        h ->
            h.createQuery("select next from checkpoint where name = ?")
                .bind(0, CHECKPOINT)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  @Override
  public List<Alert> growing() {
    return ledger.read(
        h ->
            h.createQuery(
                    """
                    select a.body, a.status from alert a
                    join (select agency, lane, exercise, max(last_at) as newest,
                        max(raised_at) as raised from alert
                      group by agency, lane, exercise) l
                      on l.agency = a.agency and l.lane = a.lane and l.exercise = a.exercise
                    where a.last_at >= l.newest - :growing and (a.lane = ''
                      or l.raised >= (select max(raised_at) from alert) - :imports)
                    """)
                .bind("growing", GROWING.toNanos() / 1000)
                .bind("imports", IMPORTS.toNanos() / 1000)
                .map(AlertRows::alert)
                .list());
  }

  @Override
  public List<Alert> recent() {
    return ledger.read(
        h ->
            h.createQuery(
                    """
                    select body, status from alert
                    where lane = '' and exercise = 0 and last_at >= coalesce(
                      (select max(last_at) from alert where lane = ''), 0) - :memory
                    order by last_at desc limit 20000
                    """)
                .bind("memory", RiskBook.MEMORY.toNanos() / 1000)
                .map(AlertRows::alert)
                .list());
  }

  @Override
  public boolean isClosed(String id) {
    return closed.has(id);
  }

  @Override
  public void save(Alert alert) {
    unsaved.put(alert.id(), alert);
  }

  @Override
  public void checkpoint(long next) {
    ledger.change(
        h -> {
          AlertRows.save(h, unsaved.values());
          h.execute(
              """
              insert into checkpoint (name, next) values (?, ?)
              on conflict (name) do update set next = excluded.next
              """,
              CHECKPOINT,
              next);
        });
    unsaved.clear();
  }
}
