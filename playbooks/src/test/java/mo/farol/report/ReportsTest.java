package mo.farol.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import mo.farol.incident.Conflict;
import mo.farol.incident.Incidents;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.search.EventReader;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  private static final String CASE = "FRL-2026-0001";
  private static final String EVIL = "<script>alert('x')</script>\u202e & \u0007";
  private static final Path GOLDEN = Path.of("src/test/resources/mo/farol/report/report.json");

  @TempDir Path folder;

  @Test
  void the_same_case_gives_the_same_json_for_ever() throws IOException {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      var report = reports.export(CASE, Report.Format.JSON, "ana", Desk.NATIONAL);
      String json = text(reports, report);
      if ("write".equals(System.getProperty("golden"))) {
        Files.writeString(GOLDEN, json);
      }
      assertThat(json).isEqualTo(Files.readString(GOLDEN));
    }
  }

  @Test
  void html_and_json_of_one_state_are_one_report_and_a_change_makes_the_next() {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      var html = reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      var json = reports.export(CASE, Report.Format.JSON, "ana", Desk.NATIONAL);
      assertThat(json.factsSha256()).isEqualTo(html.factsSha256());
      assertThat(json.number()).isEqualTo(html.number()).isEqualTo(1);
      assertThat(json.sha256()).isNotEqualTo(html.sha256());
      Cases.on(desk).note(CASE, "closed the port", List.of(), "ana", Desk.NATIONAL);
      var next = reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      assertThat(next.number()).isEqualTo(2);
      assertThat(text(reports, next)).contains("supersedes report 1").contains("closed the port");
      assertThat(reports.ofIncident(CASE, Desk.NATIONAL)).hasSize(3).first().isEqualTo(next);
    }
  }

  @Test
  void the_hash_kept_is_the_hash_of_the_bytes_given_out() {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      var report = reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      byte[] body = reports.body(report.id(), Desk.NATIONAL).orElseThrow();
      assertThat(Facts.sha256(ByteBuffer.wrap(body))).isEqualTo(report.sha256());
      assertThat(new String(body, StandardCharsets.UTF_8)).contains(report.factsSha256());
      assertThat(desk.deeds.of(report.id()).getFirst().detail()).contains(report.sha256());
    }
  }

  @Test
  void the_facts_hash_can_be_checked_with_the_json_report_alone() throws IOException {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      var report = reports.export(CASE, Report.Format.JSON, "ana", Desk.NATIONAL);
      var whole = (com.fasterxml.jackson.databind.node.ObjectNode) tree(reports, report);
      whole.remove("report");
      byte[] facts = whole.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(Facts.sha256(ByteBuffer.wrap(facts))).isEqualTo(report.factsSha256());
    }
  }

  @Test
  void a_log_line_is_text_wherever_it_appears() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(
          SampleAlert.named("a1")
              .title(EVIL)
              .about("host.name", EVIL, "source.ip", EVIL, "user.name", EVIL)
              .raised());
      incidents.catchUp();
      incidents.note(CASE, EVIL, List.of(new EventId(12)), EVIL, Desk.NATIONAL);
      incidents.regrade(CASE, Level.CRITICAL, EVIL, "ana", Desk.NATIONAL);
      incidents.assign(CASE, EVIL, "ana", Desk.NATIONAL);
      var reports = reports(desk);
      var html = text(reports, reports.export(CASE, Report.Format.HTML, EVIL, Desk.NATIONAL));
      assertThat(html)
          .doesNotContain("<script")
          .doesNotContain("\u202e")
          .doesNotContain("\u0007")
          .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\\u202e &amp; \\u0007");
      assertThat(html)
          .contains("default-src 'none'")
          .doesNotContain("http://")
          .doesNotContain("src=");
    }
  }

  @Test
  void every_cited_event_stands_there_with_id_raw_text_and_hash() {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      var html = text(reports, reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL));
      for (int id = 11; id <= 13; id++) {
        assertThat(html)
            .contains("<div id=\"e" + id + "\">")
            .contains("href=\"#e" + id + "\"")
            .contains("&lt;13&gt;raw line " + id)
            .contains(Facts.sha256(ByteBuffer.wrap(raw(id).getBytes(StandardCharsets.UTF_8))));
      }
      assertThat(html)
          .contains("203[.]0[.]113[.]7")
          .contains("TLP:")
          .contains("Rests on logs of web-1");
    }
  }

  @Test
  void an_event_of_another_agency_is_never_printed_whoever_cites_it() {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      Cases.on(desk).note(CASE, "look", List.of(new EventId(900)), "chief", Desk.NATIONAL);
      var report = reports.export(CASE, Report.Format.HTML, "chief", Desk.NATIONAL);
      assertThat(text(reports, report))
          .doesNotContain("raw line 900")
          .contains("no longer kept, or another agency&#39;s")
          .contains("1 cited event could not be read back");
    }
  }

  @Test
  void another_agency_gets_no_report_by_any_way() {
    try (var desk = Desk.open(folder)) {
      var reports = worked(desk);
      var report = reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      assertThat(reports.get(report.id(), Desk.SCHOOLS)).isEmpty();
      assertThat(reports.body(report.id(), Desk.SCHOOLS)).isEmpty();
      assertThat(reports.ofIncident(CASE, Desk.SCHOOLS)).isEmpty();
      assertThatThrownBy(() -> reports.export(CASE, Report.Format.JSON, "eve", Desk.SCHOOLS))
          .isInstanceOf(Conflict.class);
      assertThat(reports.get(report.id(), Desk.HARBOUR)).contains(report);
    }
  }

  @Test
  void of_very_many_events_the_first_are_printed_and_the_others_named() {
    try (var desk = Desk.open(folder)) {
      var many = new java.util.ArrayList<EventId>();
      for (int i = 0; i < Facts.EVENTS + 7; i++) {
        many.add(new EventId(i));
      }
      desk.raise(SampleAlert.named("a1").raised());
      Cases.on(desk).catchUp();
      Cases.on(desk).note(CASE, "all of it", many, "ana", Desk.NATIONAL);
      var reports = reports(desk);
      var html = text(reports, reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL));
      assertThat(html)
          .contains("<div id=\"e499\">")
          .doesNotContain("<div id=\"e500\">")
          .contains("7 more events are cited and not printed here: 500 501 502 503 504 505 506");
    }
  }

  @Test
  void drill_data_is_marked_at_the_top_and_at_the_bottom() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").exercise().raised());
      Cases.on(desk).catchUp();
      var reports = reports(desk);
      var html = text(reports, reports.export(CASE, Report.Format.HTML, "ana", Desk.NATIONAL));
      assertThat(html.split("EXERCISE — EXERCISE", -1)).hasSize(3);
      var live = Desk.NATIONAL;
      assertThat(text(reports, reports.export(CASE, Report.Format.JSON, "ana", live)))
          .contains("\"exercise\" : true");
    }
  }

  @Test
  void an_indicator_is_written_so_that_nobody_opens_it_by_mistake() {
    assertThat(HtmlReport.defang("http://a.example/x?u=b@c.example"))
        .isEqualTo("hxxp[://]a[.]example/x?u=b[@]c[.]example");
  }

  private static Reports worked(Desk desk) {
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

  private static Reports reports(Desk desk) {
    var incidents = Cases.on(desk);
    return new Reports(
        desk.ledger,
        desk.deeds,
        incidents,
        desk.alerts,
        runs(desk, incidents),
        ReportsTest::recall,
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

  private static String raw(long id) {
    return "<13>raw line " + id;
  }

  private static String text(Reports reports, Report report) {
    return new String(
        reports.body(report.id(), Desk.NATIONAL).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static JsonNode tree(Reports reports, Report report) throws IOException {
    return new ObjectMapper().readTree(text(reports, report));
  }
}
