package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol indicators}, as an operator types it. */
class IndicatorsCommandTest {
  @TempDir private Path folder;

  private record Said(int status, String out) {}

  private static Said farol(String... words) {
    var before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int status = Main.run(words);
      return new Said(status, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void check_counts_by_kind_and_names_what_is_refused_and_where() throws IOException {
    Path good = Files.writeString(folder.resolve("good.txt"), "evil.test\n45.83.64.1\n10.0.0.1\n");
    Path bad = Files.writeString(folder.resolve("bad.txt"), "evil.test\n\nnoth\u001bing\n");
    var fine = farol("indicators", "check", good.toString());
    assertThat(fine.status()).isZero();
    assertThat(fine.out().lines())
        .containsExactly(
            good + " (list): 1 ip, 1 domain",
            "  muted 1: on the warning list 'private and reserved networks (RFC 6890)'",
            "3 indicators, 1 of them muted; 0 entries refused");
    var both = farol("indicators", "check", good.toString(), bad.toString());
    assertThat(both.status()).isEqualTo(1);
    assertThat(both.out().lines())
        .contains(
            bad + ":3: neither address, domain, URL, digest, mail address nor CVE number",
            "3 indicators, 1 of them muted; 1 entries refused");
  }

  @Test
  void match_prints_one_line_for_each_hit() throws IOException {
    Path list =
        Files.writeString(folder.resolve("list.csv"), "value,tags\nevil.test,c2\n45.83.64.1,\n");
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"),
            """
            {"@timestamp":"2026-11-24T10:00:00Z","dns.question.name":"WWW.evil.test."}
            {"@timestamp":"2026-11-24T10:00:00Z","destination.ip":"45.83.64.2"}
            {"@timestamp":"2026-11-24T10:00:00Z","destination.ip":"45.83.64.1"}
            """);
    var said = farol("indicators", "match", "--indicators", list.toString(), events.toString());
    assertThat(said.status()).isZero();
    assertThat(said.out().lines()).hasSize(2);
    assertThat(said.out().lines().findFirst().orElseThrow())
        .startsWith("{\"line\":1,\"id\":\"indicator--")
        .contains(
            "\"kind\":\"domain\",\"indicator\":\"evil.test\",\"field\":\"dns.question.name\","
                + "\"value\":\"WWW.evil.test.\"")
        .endsWith(
            "\"confidence\":50,\"tlp\":\"amber\",\"labels\":[\"c2\"],"
                + "\"occurredAt\":\"2026-11-24T10:00:00Z\"}");
    assertThat(said.out()).contains("{\"line\":3,");
  }

  @Test
  void sources_of_a_home_are_added_listed_and_removed() throws IOException {
    Path list = Files.writeString(folder.resolve("list.txt"), "evil.test\n10.0.0.1\nx\n");
    var home = new Operator(folder.resolve("home"));
    assertThat(home.farol("indicators", "list")).isEmpty();
    assertThat(
            home.farol(
                "indicators",
                "add",
                "--name",
                "own",
                "--tlp",
                "green",
                "--agency",
                "water",
                "--agency",
                "health",
                list.toString()))
        .isEqualTo("source=own live=1 muted=1 refused=1");
    assertThat(home.farol("indicators", "list"))
        .isEqualTo("own\tlist\ttlp:green\thealth,water\t1 domain\t1 muted\t1 refused");
    assertThat(home.error("indicators", "add", "--name", "own", list.toString()))
        .contains("choose another name");
    assertThat(home.error("indicators", "remove", "other")).contains("there is no source 'other'");
    assertThat(home.farol("indicators", "remove", "own")).isEqualTo("removed=own");
    assertThat(home.farol("indicators", "list")).isEmpty();
  }

  @Test
  void what_is_not_there_and_what_is_no_format_is_wrong_usage() throws IOException {
    Path list = Files.writeString(folder.resolve("list.txt"), "evil.test\n");
    assertThat(farol("indicators", "check", folder.resolve("no").toString()).status()).isEqualTo(2);
    assertThat(farol("indicators", "check").status()).isEqualTo(2);
    assertThat(farol("indicators", "check", "--indicators-format", "x", list.toString()).status())
        .isEqualTo(2);
    assertThat(farol("indicators", "match", list.toString()).status()).isEqualTo(2);
    Files.writeString(folder.resolve("sources.yml"), "sources:\n  - {file: list.txt}\n");
    assertThat(farol("indicators", "check", folder.toString()).status()).isEqualTo(2);
  }
}
