package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form on which a parser is tried, and the same by the API. */
class TryParserTest {
  private static final String LINE = "date=2026-03-10 time=08:00:00 srcip=10.0.0.9";

  @TempDir Path home;
  @AutoClose private SmallCentre centre;
  private Visitor visitor;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    new Story(centre).people();
    visitor = new Visitor(centre);
  }

  @Test
  void pasted_lines_show_what_the_parser_makes_of_them_as_text_and_never_as_html() {
    visitor.enter("ana");
    assertThat(visitor.get("/sources/try").body()).contains("name=\"lines\"");
    var answer = tried("<13>1 - web-01 app - - - <script>alert(1)</script>\nnothing known", "");
    assertThat(answer)
        .contains("web-01", "&lt;script", "no priority, no time and no format we know")
        .doesNotContain("<script>alert");
  }

  @Test
  void a_sender_s_own_format_and_zone_are_used_where_none_is_chosen() {
    visitor.enter("ana");
    visitor.get("/sources/try");
    assertThat(tried(LINE, "finance")).contains("kv.srcip", "2026-03-10T00:00:00Z");
  }

  @Test
  void somebody_of_one_agency_can_not_try_another_s_senders() {
    visitor.enter("wong");
    visitor.get("/sources/try");
    var form = Map.of("lines", LINE, "agency", "finance", "peer", "192.0.2.9");
    assertThat(visitor.post("/sources/try", form).statusCode()).isEqualTo(403);
    String token = centre.token("wong");
    assertThat(visitor.api(token, "POST", "/parse?agency=finance", LINE).statusCode())
        .isEqualTo(403);
  }

  @Test
  void the_api_answers_with_the_events_that_farol_parse_prints() {
    String token = centre.token("ana");
    var answer = visitor.api(token, "POST", "/parse?zone=Asia/Macau", LINE + "\nunread");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"items\":[{\"@timestamp\":\"2026-03-10T00:00:00Z\"")
        .contains("\"source.ip\":\"10.0.0.9\"", "\"raw\":\"unread\"")
        .endsWith("],\"total\":2}");
  }

  @Test
  void what_is_no_format_or_too_long_is_refused_with_what_to_do() {
    String token = centre.token("ana");
    var unknown = visitor.api(token, "POST", "/parse?format=xml", LINE);
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("Name one of syslog");
    assertThat(visitor.api(token, "POST", "/parse", "x".repeat(70_000)).statusCode())
        .isEqualTo(413);
  }

  private String tried(String lines, String agency) {
    var form = Map.of("lines", lines, "agency", agency, "peer", "192.0.2.9");
    var answer = visitor.post("/sources/try", form);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
