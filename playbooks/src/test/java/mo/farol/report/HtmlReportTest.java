package mo.farol.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.incident.Cases;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String EVIL = "<script>alert('x')</script>\u202e & \u0007";

  @TempDir Path folder;

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
      incidents.note(ReportDesk.CASE, EVIL, List.of(new EventId(12)), EVIL, Desk.NATIONAL);
      incidents.regrade(ReportDesk.CASE, Level.CRITICAL, EVIL, "ana", Desk.NATIONAL);
      incidents.assign(ReportDesk.CASE, EVIL, "ana", Desk.NATIONAL);
      var reports = ReportDesk.reports(desk);
      var html =
          ReportDesk.text(
              reports, reports.export(ReportDesk.CASE, Report.Format.HTML, EVIL, Desk.NATIONAL));
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
      var reports = ReportDesk.worked(desk);
      var html =
          ReportDesk.text(
              reports, reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL));
      for (int id = 11; id <= 13; id++) {
        assertThat(html)
            .contains("<div id=\"e" + id + "\">")
            .contains("href=\"#e" + id + "\"")
            .contains("&lt;13&gt;raw line " + id)
            .contains(
                Facts.sha256(ByteBuffer.wrap(ReportDesk.raw(id).getBytes(StandardCharsets.UTF_8))));
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
      var reports = ReportDesk.worked(desk);
      Cases.on(desk)
          .note(ReportDesk.CASE, "look", List.of(new EventId(900)), "chief", Desk.NATIONAL);
      var report = reports.export(ReportDesk.CASE, Report.Format.HTML, "chief", Desk.NATIONAL);
      assertThat(ReportDesk.text(reports, report))
          .doesNotContain("raw line 900")
          .contains("no longer kept, or another agency&#39;s")
          .contains("1 cited event could not be read back");
    }
  }

  @Test
  void of_very_many_events_the_first_are_printed_and_the_others_named() {
    try (var desk = Desk.open(folder)) {
      var many = new ArrayList<EventId>();
      for (int i = 0; i < Facts.EVENTS + 7; i++) {
        many.add(new EventId(i));
      }
      desk.raise(SampleAlert.named("a1").raised());
      Cases.on(desk).catchUp();
      Cases.on(desk).note(ReportDesk.CASE, "all of it", many, "ana", Desk.NATIONAL);
      var reports = ReportDesk.reports(desk);
      var html =
          ReportDesk.text(
              reports, reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL));
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
      var reports = ReportDesk.reports(desk);
      var html =
          ReportDesk.text(
              reports, reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL));
      assertThat(html.split("EXERCISE — EXERCISE", -1)).hasSize(3);
      var live = Desk.NATIONAL;
      assertThat(
              ReportDesk.text(
                  reports, reports.export(ReportDesk.CASE, Report.Format.JSON, "ana", live)))
          .contains("\"exercise\" : true");
    }
  }

  @Test
  void an_indicator_is_written_so_that_nobody_opens_it_by_mistake() {
    assertThat(HtmlReport.defang("http://a.example/x?u=b@c.example"))
        .isEqualTo("hxxp[://]a[.]example/x?u=b[@]c[.]example");
  }
}
