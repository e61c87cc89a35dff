package mo.farol.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mo.farol.incident.Cases;
import mo.farol.incident.Conflict;
import mo.farol.ledger.Desk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/mo/farol/report/report.json");

  @TempDir Path folder;

  @Test
  void the_same_case_gives_the_same_json_for_ever() throws IOException {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var report = reports.export(ReportDesk.CASE, Report.Format.JSON, "ana", Desk.NATIONAL);
      String json = ReportDesk.text(reports, report);
      if ("write".equals(System.getProperty("golden"))) {
        Files.writeString(GOLDEN, json);
      }
      assertThat(json).isEqualTo(Files.readString(GOLDEN));
    }
  }

  @Test
  void html_and_json_of_one_state_are_one_report_and_a_change_makes_the_next() {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var html = reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      var json = reports.export(ReportDesk.CASE, Report.Format.JSON, "ana", Desk.NATIONAL);
      assertThat(json.factsSha256()).isEqualTo(html.factsSha256());
      assertThat(json.number()).isEqualTo(html.number()).isEqualTo(1);
      assertThat(json.sha256()).isNotEqualTo(html.sha256());
      Cases.on(desk).note(ReportDesk.CASE, "closed the port", List.of(), "ana", Desk.NATIONAL);
      var next = reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      assertThat(next.number()).isEqualTo(2);
      assertThat(ReportDesk.text(reports, next))
          .contains("supersedes report 1")
          .contains("closed the port");
      assertThat(reports.ofIncident(ReportDesk.CASE, Desk.NATIONAL))
          .hasSize(3)
          .first()
          .isEqualTo(next);
    }
  }

  @Test
  void the_hash_kept_is_the_hash_of_the_bytes_given_out() {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var report = reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      byte[] body = reports.body(report.id(), Desk.NATIONAL).orElseThrow();
      assertThat(Facts.sha256(ByteBuffer.wrap(body))).isEqualTo(report.sha256());
      assertThat(new String(body, StandardCharsets.UTF_8)).contains(report.factsSha256());
      assertThat(desk.deeds.of(report.id()).getFirst().detail()).contains(report.sha256());
    }
  }

  @Test
  void the_facts_hash_can_be_checked_with_the_json_report_alone() throws IOException {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var report = reports.export(ReportDesk.CASE, Report.Format.JSON, "ana", Desk.NATIONAL);
      var whole = (ObjectNode) tree(reports, report);
      whole.remove("report");
      byte[] facts = whole.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(Facts.sha256(ByteBuffer.wrap(facts))).isEqualTo(report.factsSha256());
    }
  }

  @Test
  void another_agency_gets_no_report_by_any_way() {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var report = reports.export(ReportDesk.CASE, Report.Format.HTML, "ana", Desk.NATIONAL);
      assertThat(reports.get(report.id(), Desk.SCHOOLS)).isEmpty();
      assertThat(reports.body(report.id(), Desk.SCHOOLS)).isEmpty();
      assertThat(reports.ofIncident(ReportDesk.CASE, Desk.SCHOOLS)).isEmpty();
      assertThatThrownBy(
              () -> reports.export(ReportDesk.CASE, Report.Format.JSON, "eve", Desk.SCHOOLS))
          .isInstanceOf(Conflict.class);
      assertThat(reports.get(report.id(), Desk.HARBOUR)).contains(report);
    }
  }

  private static JsonNode tree(Reports reports, Report report) throws IOException {
    return new ObjectMapper().readTree(ReportDesk.text(reports, report));
  }
}
