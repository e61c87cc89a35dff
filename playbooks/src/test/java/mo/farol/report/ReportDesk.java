package mo.farol.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Frame;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import mo.farol.event.Source;
import mo.farol.incident.Cases;
import mo.farol.incident.Incidents;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.search.EventReader;

/** A desk's reports for tests: a case that was worked on, and the events it cites. */
final class ReportDesk {
  static final String CASE = "FRL-2026-0001";

  private ReportDesk() {}

  static Reports worked(Desk desk) {
    var incidents = Cases.on(desk);
    desk.raise(SampleAlert.named("a1").raised());
    incidents.catchUp();
    desk.clock.pass(Duration.ofMinutes(3));
    var runs = runs(desk, incidents);
    var run = runs.answer(incidents.get(CASE, Desk.NATIONAL).orElseThrow()).orElseThrow();
    desk.clock.pass(Duration.ofMinutes(4));
    String first = run.open().getFirst().step().id();
    runs.complete(
        run.id(), first, "ana", "it worked", Map.of("__signed_in__", "true"), Desk.NATIONAL);
    incidents.assign(CASE, "ana", "ana", Desk.NATIONAL);
    return reports(desk);
  }

  static Reports reports(Desk desk) {
    var incidents = Cases.on(desk);
    return new Reports(
        desk.ledger,
        desk.deeds,
        incidents,
        desk.alerts,
        runs(desk, incidents),
        ReportDesk::recall,
        desk.clock);
  }

  private static Runs runs(Desk desk, Incidents incidents) {
    var playbooks = Playbooks.load(List.of(Path.of("book")));
    return new Runs(desk.ledger, desk.deeds, playbooks, incidents, desk.clock);
  }

  private static Optional<EventReader.Recalled> recall(EventId id) {
    String agency = id.sequence() < 900 ? "harbour" : "schools";
    Instant at = SampleAlert.START.plusSeconds(id.sequence());
    var frame =
        new Frame(
            id,
            Origin.live(agency, "syslog.tcp", "192.0.2.1"),
            at,
            ByteBuffer.wrap(raw(id.sequence()).getBytes(StandardCharsets.UTF_8)));
    var event =
        new Event(id, new Source(agency, "web-1"), at, at, Severity.NOTICE, "raw", Map.of());
    return Optional.of(new EventReader.Recalled(event, frame));
  }

  static String raw(long id) {
    return "<13>raw line " + id;
  }

  static String text(Reports reports, Report report) {
    return new String(
        reports.body(report.id(), Desk.NATIONAL).orElseThrow(), StandardCharsets.UTF_8);
  }
}
