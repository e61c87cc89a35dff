package mo.farol.incident;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.Micros;
import mo.farol.ledger.AlertRow;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;

/** Which case an alert belongs to, by what it is about; within a transaction of the caller. */
final class Belonging {
  private static final int RELATED = 200;
  // A busy host must not feed one case for ever.
  private static final Duration LONGEST = Duration.ofDays(7);

  private final IncidentPolicy policy;

  Belonging(IncidentPolicy policy) {
    this.policy = policy;
  }

  /** The case an alert is in. */
  static Optional<String> caseOf(Handle h, String alert) {
    return h.createQuery("select incident from alert where id = ? and incident is not null")
        .bind(0, alert)
        .mapTo(String.class)
        .findOne();
  }

  /** The open case an alert belongs to by what it is about. */
  Optional<String> joinable(Handle h, Alert alert) {
    if (alert.severity() == Level.INFORMATIONAL) {
      return Optional.empty();
    }
    for (var link : IncidentPolicy.links(alert)) {
      var found =
          h.createQuery(
                  """
                  select i.id from incident i join incident_entity e on e.incident = i.id
                  where e.field = :field and e.value = :value and i.agency = :agency
                    and i.lane = :lane and i.exercise = :exercise and i.state <> 'CLOSED'
                    and abs(:at - i.last_event_at) <= :joins
                    and abs(:at - i.first_event_at) <= :longest
                  order by i.opened_at desc, i.id desc limit 1
                  """)
              .bind("field", link.field())
              .bind("value", link.value())
              .bind("agency", alert.agency())
              .bind("lane", alert.lane())
              .bind("exercise", alert.exercise() ? 1 : 0)
              .bind("at", Micros.of(alert.lastAt()))
              .bind("joins", micros(policy.joins()))
              .bind("longest", micros(LONGEST))
              .mapTo(String.class)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Milder alerts about the same host, user or address that came before and are in no case. */
  List<Alert> related(Handle h, Alert alert) {
    var links = new HashSet<>(IncidentPolicy.links(alert));
    return h
        .createQuery(
            """
            select * from alert where agency = ? and lane = ? and exercise = ? and incident is null
              and status not in ('CLOSED', 'SUPPRESSED') and severity > 0 and last_at >= ? and first_at <= ? and id <> ?
            order by last_at desc limit ?
            """)
        .bind(0, alert.agency())
        .bind(1, alert.lane())
        .bind(2, alert.exercise() ? 1 : 0)
        .bind(3, Micros.of(alert.firstAt().minus(policy.joins())))
        .bind(4, Micros.of(alert.lastAt()))
        .bind(5, alert.id())
        .bind(6, RELATED)
        .map(AlertRow::of)
        .list()
        .stream()
        .map(AlertRow::alert)
        .filter(other -> IncidentPolicy.links(other).stream().anyMatch(links::contains))
        .toList();
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
