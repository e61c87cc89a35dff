package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol rules test}, as somebody types it who writes a first entry. */
class RulesTestCommandTest {
  private static final String RULE =
      """
      title: Strange door
      id: 33333333-0000-4000-8000-000000000001
      logsource: {product: linux, service: sshd}
      detection:
        sel: {message|contains: open sesame}
        condition: sel
      level: high
      """;
  private static final String LINE = "<38>1 2026-03-11T09:00:00Z web-01 sshd 1 - - open sesame\n";

  @TempDir private Path book;
  private Path entry;

  private record Said(int status, String out) {}

  @BeforeEach
  void rule() throws IOException {
    entry = Files.createDirectories(book.resolve("strange-door"));
    Files.writeString(entry.resolve("rule.yml"), RULE);
  }

  @Test
  void what_is_missing_of_an_entry_is_told_and_what_came_out_can_be_put_in() throws Exception {
    assertThat(Main.run("rules", "test", book.toString())).as("no entry yet").isEqualTo(2);
    Files.writeString(entry.resolve("alerts.json"), "[ {\n x } ]");
    assertThat(test(book).out()).contains("FAILED   strange-door", "no events.log");
    Files.writeString(entry.resolve("events.log"), LINE);
    assertThat(test(book).out()).contains("alerts.json, line 2: ");

    Files.delete(entry.resolve("alerts.json"));
    var first = test(book);
    assertThat(first.status()).isEqualTo(1);
    String came = first.out().substring(first.out().indexOf("put it in: ") + 11);
    assertThat(came).startsWith("[{\"rule\":\"33333333-").contains("\"host.name\":\"web-01\"");
    Files.writeString(entry.resolve("alerts.json"), came.lines().findFirst().orElseThrow());
    var good = test(book);
    assertThat(good.status()).isZero();
    assertThat(good.out()).endsWith("entries: 1, ok: 1, failed: 0; refused: 0\n");
    assertThat(test(entry).out()).contains("only the rules of this entry play", "ok ");
  }

  private static Said test(Path folder) {
    var before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int status = Main.run("rules", "test", folder.toString());
      return new Said(status, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
