package mo.farol.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.ledger.Deeds;
import org.jdbi.v3.core.Handle;

/** Writes cases and their history; every method is part of a transaction of its caller. */
final class CaseFile {
  private static final int CITED = 20;

  private final Deeds deeds;
  private final InstantSource clock;
  private final IncidentPolicy policy;

  CaseFile(Deeds deeds, InstantSource clock, IncidentPolicy policy) {
    this.deeds = deeds;
    this.clock = clock;
    this.policy = policy;
  }

  /** Opens a case for an alert and puts it in. */
  String open(Handle h, Alert alert, String agency, String by) {
    Instant now = clock.instant();
    String id = number(h, now);
    h.execute(
        """
        insert into incident (id, title, severity, category, agency, state, owner, tlp, opened_at,
          first_event_at, last_event_at, updated_at, exercise, lane, grade_reason, version)
        values (?, ?, ?, ?, ?, 'NEW', null, 'AMBER', ?, ?, ?, ?, ?, ?, ?, 1)
        """,
        id,
        alert.title(),
        alert.severity().ordinal(),
        policy.category(alert),
        agency,
        Micros.of(now),
        Micros.of(alert.firstAt()),
        Micros.of(alert.lastAt()),
        Micros.of(now),
        alert.exercise() ? 1 : 0,
        alert.lane(),
        factors(alert));
    String how =
        by.equals(Incidents.FAROL)
            ? "opened by the policy: severity " + policy.opens().word() + " or graver"
            : "opened by " + by;
    entry(h, id, now, "opened", how, by, List.of(), Optional.of(alert.id()));
    deeds.record(h, by, "incident.opened", id, alert.title());
    attach(h, id, alert, by);
    return id;
  }

  /** Puts an alert into a case. */
  void attach(Handle h, String incident, Alert alert, String by) {
    h.execute("update alert set incident = ? where id = ?", incident, alert.id());
    for (var link : IncidentPolicy.links(alert)) {
      h.execute(
          "insert or ignore into incident_entity (incident, field, value) values (?, ?, ?)",
          incident,
          link.field(),
          link.value());
    }
    var cited = alert.events().subList(0, Math.min(CITED, alert.events().size()));
    entry(h, incident, alert.firstAt(), "alert", alert.title(), by, cited, Optional.of(alert.id()));
    deeds.record(h, by, "incident.joined", incident, alert.id());
    grow(h, incident, alert);
  }

  /** Takes over the times of an alert of the case that grew, and its severity where graver. */
  void grow(Handle h, String incident, Alert alert) {
    h.execute(
        """
        update incident set last_event_at = max(last_event_at, ?),
          first_event_at = min(first_event_at, ?), updated_at = ? where id = ?
        """,
        Micros.of(alert.lastAt()),
        Micros.of(alert.firstAt()),
        Micros.of(clock.instant()),
        incident);
    int raised =
        h.execute(
            """
            update incident set severity = ?, title = ?, category = ?, grade_reason = ?,
              version = version + 1 where id = ? and severity < ?
            """,
            alert.severity().ordinal(),
            alert.title(),
            policy.category(alert),
            factors(alert),
            incident,
            alert.severity().ordinal());
    if (raised > 0) {
      String text = "raised to " + alert.severity().word() + " by '" + alert.title() + "'";
      var about = Optional.of(alert.id());
      entry(h, incident, clock.instant(), "grade", text, Incidents.FAROL, List.of(), about);
    }
  }

  /** Adds a line to the history. */
  void entry(
      Handle h,
      String incident,
      Instant at,
      String kind,
      String text,
      String by,
      List<EventId> cited,
      Optional<String> alert) {
    h.execute(
        """
        insert into timeline (incident, at, kind, text, by_whom, events, alert)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        incident,
        Micros.of(at),
        kind,
        text,
        by,
        String.join(" ", cited.stream().map(EventId::toString).toList()),
        alert.orElse(null));
  }

  /** What gave the grade, in words a review can check. */
  private static String factors(Alert alert) {
    var factors = new ArrayList<String>();
    factors.add("severity %s of the alert '%s'".formatted(alert.severity().word(), alert.title()));
    factors.add(alert.count() == 1 ? "1 event" : alert.count() + " events");
    if (!alert.techniques().isEmpty()) {
      factors.add(String.join(" ", alert.techniques()));
    }
    return String.join("; ", factors);
  }

  private static String number(Handle h, Instant now) {
    String year = "FRL-" + now.atZone(ZoneOffset.UTC).getYear() + "-";
    int last =
        h.createQuery(
                """
                select coalesce(max(cast(substr(id, 10) as integer)), 0) from incident
                where substr(id, 1, 9) = ?
                """)
            .bind(0, year)
            .mapTo(Integer.class)
            .one();
    return year + "%04d".formatted(last + 1);
  }
}
