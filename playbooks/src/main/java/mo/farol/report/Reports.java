package mo.farol.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
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
import org.jdbi.v3.core.Handle;

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
   * Makes a report of a case as it stands now. Where nothing has changed since the last one, it is
   * another form of that and has its number. In English.
   *
   * @throws Conflict when there is no such case in the scope
   */
  public Report export(String incidentId, Report.Format format, String by, Scope scope) {
    return export(incidentId, format, "en", by, scope);
  }

  /**
   * Makes a report of a case as it stands now, its headings in a language.
   *
   * @param language {@code en}, {@code pt} or {@code zh-Hant}
   * @throws Conflict when there is no such case in the scope, or no such language
   */
  public Report export(
      String incidentId, Report.Format format, String language, String by, Scope scope) {
    var words = ReportWords.of(language);
    var facts = facts(incidentId, scope);
    return ledger.write(
        h -> {
          var now = Micros.toInstant(Micros.of(clock.instant()));
          int number = number(h, incidentId, facts.sha256());
          byte[] body =
              body(facts, format, words, number, now, by).getBytes(StandardCharsets.UTF_8);
          var report =
              new Report(
                  UUID.randomUUID().toString(),
                  incidentId,
                  number,
                  format,
                  words.tag(),
                  now,
                  by,
                  Facts.sha256(ByteBuffer.wrap(body)),
                  facts.sha256());
          keep(h, report, body);
          return report;
        });
  }

  private Facts facts(String incidentId, Scope scope) {
    var incident =
        incidents
            .get(incidentId, scope)
            .orElseThrow(() -> new Conflict("there is no case " + incidentId));
    return Facts.gather(
        incident,
        alerts(incident, scope),
        incidents.timeline(incidentId, scope),
        runs.ofIncident(incidentId, scope),
        seenBy(incident));
  }

  private static int number(Handle h, String incident, String factsSha256) {
    return h.createQuery(
            """
            select coalesce(max(number), 0)
              + (coalesce((select facts_sha256 from report where incident = :incident
                   order by number desc limit 1), '') <> :facts)
            from report where incident = :incident
            """)
        .bind("incident", incident)
        .bind("facts", factsSha256)
        .mapTo(Integer.class)
        .one();
  }

  private void keep(Handle h, Report report, byte[] body) {
    h.execute(
        """
        insert into report (id, incident, number, format, language, at, by_whom, sha256,
          facts_sha256, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        report.id(),
        report.incident(),
        report.number(),
        report.format().name(),
        report.language(),
        Micros.of(report.at()),
        report.by(),
        report.sha256(),
        report.factsSha256(),
        body);
    String what = "report %d made as %s".formatted(report.number(), report.format());
    incidents.tellTimeline(h, report.incident(), "report", what, report.by());
    deeds.record(
        h,
        report.by(),
        "report.made",
        report.id(),
        report.incident() + " " + report.format() + " sha256 " + report.sha256());
  }

  /** Reports of a case, newest first. */
  public List<Report> ofIncident(String incident, Scope scope) {
    if (incidents.get(incident, scope).isEmpty()) {
      return List.of();
    }
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from report where incident = ? order by number desc, at desc, id")
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

  // The report travels to everybody who sees the case: it may hold the events of the case's own
  // agency and no other's, whoever makes it. The committee's cases are about several.
  private Function<EventId, Optional<EventReader.Recalled>> seenBy(Incident incident) {
    boolean national = incident.agency().equals(Alert.NATIONAL);
    return id ->
        events
            .apply(id)
            .filter(r -> national || r.event().source().agency().equals(incident.agency()));
  }

  private static String body(
      Facts facts, Report.Format format, ReportWords words, int number, Instant at, String by) {
    return switch (format) {
      case HTML -> HtmlReport.write(facts.root(), words, number, at, by, facts.sha256());
      case JSON -> {
        var whole = facts.root().deepCopy();
        var meta = whole.putObject("report");
        meta.put("number", number);
        if (number > 1) {
          meta.put("supersedes", number - 1);
        }
        meta.put("at", at.toString());
        meta.put("by", by);
        meta.put("factsSha256", facts.sha256());
        yield whole.toPrettyString() + "\n";
      }
    };
  }

  private static Report report(ResultSet rs) throws SQLException {
    return new Report(
        rs.getString("id"),
        rs.getString("incident"),
        rs.getInt("number"),
        Report.Format.valueOf(rs.getString("format")),
        rs.getString("language"),
        Micros.toInstant(rs.getLong("at")),
        rs.getString("by_whom"),
        rs.getString("sha256"),
        rs.getString("facts_sha256"));
  }
}
