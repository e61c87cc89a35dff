package mo.farol.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.incident.Conflict;
import mo.farol.incident.Incident;
import mo.farol.incident.Incidents;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.playbook.Runs;
import mo.farol.search.EventReader;

/** Makes reports and keeps them. */
public final class Reports {
  private final Ledger ledger;
  private final Deeds deeds;
  private final Incidents incidents;
  private final AlertQueue alerts;
  private final Runs runs;
  private final Function<EventId, Optional<EventReader.Recalled>> events;
  private final InstantSource clock;

  /**
   * @param events the way back from an id to the event; asked without a scope, for a case's own
   *     events only
   */
  public Reports(
      Ledger ledger,
      Deeds deeds,
      Incidents incidents,
      AlertQueue alerts,
      Runs runs,
      Function<EventId, Optional<EventReader.Recalled>> events,
      InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.incidents = incidents;
    this.alerts = alerts;
    this.runs = runs;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Makes a report of a case as it stands now.
   *
   * @throws Conflict when there is no such case in the scope
   */
  public Report export(String incidentId, Report.Format format, String by, Scope scope) {
    var incident =
        incidents
            .get(incidentId, scope)
            .orElseThrow(() -> new Conflict("there is no case " + incidentId));
    var facts =
        Facts.gather(
            incident,
            alerts(incident, scope),
            incidents.timeline(incidentId, scope),
            runs.ofIncident(incidentId, scope),
            seenBy(scope));
    String factsHash = facts.sha256();
    return ledger.write(
        h -> {
          int number =
              h.createQuery("select coalesce(max(number), 0) + 1 from report where incident = ?")
                  .bind(0, incidentId)
                  .mapTo(Integer.class)
                  .one();
          var now = clock.instant();
          byte[] body =
              body(facts, format, number, now, by, factsHash).getBytes(StandardCharsets.UTF_8);
          var report =
              new Report(
                  UUID.randomUUID().toString(),
                  incidentId,
                  number,
                  format,
                  now,
                  by,
                  sha256(body),
                  factsHash);
          h.execute(
              "insert into report (id, incident, number, format, language, at, by_whom, sha256,"
                  + " facts_sha256, body) values (?, ?, ?, ?, 'en', ?, ?, ?, ?, ?)",
              report.id(),
              incidentId,
              number,
              format.name(),
              Micros.of(now),
              by,
              report.sha256(),
              factsHash,
              body);
          incidents.tellTimeline(
              h, incidentId, "report", "report %d made as %s".formatted(number, format), by);
          deeds.record(
              h,
              by,
              "report.made",
              report.id(),
              incidentId + " " + format + " sha256 " + report.sha256());
          return report;
        });
  }

  /** Reports of a case, newest first. */
  public List<Report> ofIncident(String incident, Scope scope) {
    if (incidents.get(incident, scope).isEmpty()) {
      return List.of();
    }
    return ledger.read(
        h ->
            h.createQuery("select * from report where incident = ? order by number desc")
                .bind(0, incident)
                .map((rs, _) -> report(rs))
                .list());
  }

  /** One report; empty when there is none or the scope does not see its case. */
  public Optional<Report> get(String id, Scope scope) {
    return ledger
        .read(
            h ->
                h.createQuery("select * from report where id = ?")
                    .bind(0, id)
                    .map((rs, _) -> report(rs))
                    .findOne())
        .filter(r -> incidents.get(r.incident(), scope).isPresent());
  }

  /** The bytes of a report, exactly as they were made. */
  public Optional<byte[]> body(String id, Scope scope) {
    return get(id, scope)
        .flatMap(
            r ->
                ledger.read(
                    h ->
                        h.createQuery("select body from report where id = ?")
                            .bind(0, id)
                            .mapTo(byte[].class)
                            .findOne()));
  }

  private List<Alert> alerts(Incident incident, Scope scope) {
    return incident.alerts().stream()
        .map(id -> alerts.get(id, scope))
        .flatMap(Optional::stream)
        .map(AlertRow::alert)
        .toList();
  }

  // A case of several agencies is the committee's: whoever sees the case may see its events, and no
  // other ones.
  private Function<EventId, Optional<EventReader.Recalled>> seenBy(Scope scope) {
    return id -> events.apply(id).filter(r -> scope.sees(r.event().source().agency()));
  }

  private static String body(
      Facts facts, Report.Format format, int number, java.time.Instant at, String by, String hash) {
    return switch (format) {
      case HTML -> HtmlReport.write(facts.root(), number, at, by, hash);
      case JSON -> {
        var whole = facts.root().deepCopy();
        var meta = whole.putObject("report");
        meta.put("number", number);
        meta.put("at", at.toString());
        meta.put("by", by);
        meta.put("factsSha256", hash);
        yield whole.toPrettyString();
      }
    };
  }

  private static Report report(ResultSet rs) throws SQLException {
    return new Report(
        rs.getString("id"),
        rs.getString("incident"),
        rs.getInt("number"),
        Report.Format.valueOf(rs.getString("format")),
        Micros.toInstant(rs.getLong("at")),
        rs.getString("by_whom"),
        rs.getString("sha256"),
        rs.getString("facts_sha256"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
