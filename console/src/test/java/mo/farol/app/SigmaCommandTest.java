package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol sigma check} and {@code farol sigma match}, as typed. */
class SigmaCommandTest {
  @TempDir private Path folder;
  private Path rules;
  private Operator operator;

  @BeforeEach
  void home() throws IOException {
    rules = Files.createDirectories(folder.resolve("own"));
    operator = new Operator(Files.createDirectories(folder.resolve("home")));
    Files.createDirectories(folder.resolve("home/rules"));
    Files.writeString(
        rules.resolve("logon.yml"),
        """
        title: Log-on
        name: logon
        id: 5b9b3d44-0000-4000-8000-000000000001
        logsource: {category: test}
        detection: {s: {user|expand: '%Administrators%'}, condition: s}
        """);
    Files.writeString(
        rules.resolve("many.yml"),
        """
        title: Many log-ons
        id: 5b9b3d44-0000-4000-8000-000000000002
        correlation:
          type: event_count
          rules: [logon]
          group-by: [user]
          timespan: 5m
          condition: {gte: 3}
        """);
  }

  private void administrators(Path file) throws IOException {
    Files.writeString(file, "Administrators: [adm_*]\n");
  }

  @Test
  void a_rule_waits_for_its_placeholder_until_the_home_or_a_file_has_it() throws IOException {
    assertThat(operator.status("sigma", "check", rules.toString())).isEqualTo(1);
    administrators(folder.resolve("home/rules/placeholders.yml"));
    assertThat(operator.farol("sigma", "check", rules.toString()))
        .contains("1 rules, 1 correlations, 0 refused");
    Files.delete(folder.resolve("home/rules/placeholders.yml"));
    Path file = folder.resolve("values.yml");
    administrators(file);
    var words =
        new String[] {"sigma", "check", rules.toString(), "--placeholders", file.toString()};
    assertThat(operator.farol(words)).contains("0 refused");
  }

  @Test
  void a_match_of_a_correlation_is_printed_where_it_is_due() throws IOException {
    administrators(folder.resolve("home/rules/placeholders.yml"));
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"user":"adm_ana","@timestamp":"2026-11-24T10:00:00Z"}
            {"user":"rui","@timestamp":"2026-11-24T10:00:01Z"}
            {"user":"adm_ana","@timestamp":"2026-11-24T10:00:02Z"}
            {"user":"adm_ana","@timestamp":"2026-11-24T10:00:03Z"}
            """);
    String logon = "\"rule\":\"5b9b3d44-0000-4000-8000-000000000001\"}";
    assertThat(
            operator
                .farol("sigma", "match", "--rules", rules.toString(), events.toString())
                .lines())
        .containsExactly(
            "{\"line\":1," + logon,
            "{\"line\":3," + logon,
            "{\"line\":4," + logon,
            "{\"line\":4,\"rule\":\"5b9b3d44-0000-4000-8000-000000000002\"}");
  }

  @Test
  void events_may_come_as_lines_as_an_array_laid_out_or_packed() throws IOException {
    administrators(folder.resolve("home/rules/placeholders.yml"));
    String one = "{\"user\":\"rui\",\"n\":[{\"a\":\"}\\\"\"}]}";
    String two = "{\"user\":\"adm_ana\"}";
    String laidOut = "{\n  \"user\":\n    \"adm_ana\"\n}\n";
    var files =
        List.of(
            one + "\n" + two + "\n",
            "\ufeff" + one + "\r\n" + two + "\r\n",
            "[" + one + "," + two + "]",
            "\ufeff[\r\n  " + one + ",\r\n  " + two + "\r\n]\r\n",
            laidOut.replace("adm_ana", "rui") + laidOut,
            "[" + one + "]\n[" + two + "]\n");
    for (String text : files) {
      Path plain = Files.writeString(folder.resolve("events.json"), text);
      Path packed = folder.resolve("events.gz");
      try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      for (Path file : List.of(plain, packed)) {
        assertThat(operator.farol("sigma", "match", "--rules", rules.toString(), file.toString()))
            .as(text)
            .isEqualToIgnoringNewLines(
                "{\"line\":2,\"rule\":\"5b9b3d44-0000-4000-8000-000000000001\"}");
      }
    }
  }

  @Test
  void one_file_may_be_checked_and_fields_that_never_came_are_told() throws IOException {
    administrators(folder.resolve("home/rules/placeholders.yml"));
    assertThat(operator.farol("sigma", "check", rules.resolve("logon.yml").toString()))
        .contains("logon.yml: condition: s", "no event of /test/ came yet (cannot fire)");
    Files.writeString(folder.resolve("home/fields-seen.tsv"), "finance\t\ttest\t\thost.name\n");
    assertThat(operator.farol("sigma", "check", rules.toString()))
        .contains("never sent by /test/: user (cannot fire)");
  }

  @Test
  void what_is_not_there_is_wrong_usage() {
    assertThat(operator.error("sigma", "check", folder.resolve("nothing").toString()))
        .contains("no file or folder");
  }
}
