package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol hunt} in a stopped home. */
class HuntCommandTest {
  private static final String LOG =
      """
      <86>1 2026-11-24T09:01:00Z pay-01 sshd 7 - - Accepted password for root from 45.77.13.7 port 4022 ssh2
      <86>1 2026-11-24T11:01:00Z pay-01 sshd 7 - - Accepted password for ana from 10.0.0.9 port 4022 ssh2
      """;
  private static final String RULE =
      """
      title: Root came in
      id: 11111111-1111-4111-8111-111111111111
      logsource: {product: linux}
      detection:
        sel: {user.name: root}
        condition: sel
      """;

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_stopped_home_is_hunted_in_for_rules_and_for_indicators() throws IOException {
    var operator = new Operator(folder.resolve("home"));
    operator.farol("import", "--agency", "finance", file("a.log", LOG).toString());

    String hit =
        operator.farol("hunt", "--format", "jsonl", "--sigma", file("r.yml", RULE).toString());
    assertThat(hit.lines()).hasSize(1);
    assertThat(hit).contains("\"agency\":\"finance\"").contains("user.name=root");

    String found =
        operator.farol("hunt", "--indicators", file("list.txt", "45.77.0.0/16\n").toString());
    assertThat(found.lines()).hasSize(1);
    assertThat(found).contains("45.77.0.0/16").contains("source.ip=45.77.13.7");

    String none =
        operator.farol("hunt", "--agency", "health", "--sigma", file("r.yml", RULE).toString());
    assertThat(none).isEmpty();
  }

  @Test
  void a_correlation_is_hunted_in_a_stopped_home_and_may_refer_to_rules_of_the_book()
      throws IOException {
    var operator = new Operator(folder.resolve("home"));
    operator.farol("import", "--agency", "finance", file("a.log", LOG).toString());
    String rule =
        """
        title: Logins
        id: 22222222-2222-4222-8222-222222222222
        correlation:
          type: event_count
          rules: [67e32372-011f-40f2-a3d9-d3642d8e6cc6]
          group-by: [host.name]
          timespan: 3h
          condition: {gte: 2}
        """;

    String hit =
        operator.farol("hunt", "--format", "jsonl", "--sigma", file("r.yml", rule).toString());

    assertThat(hit.lines()).hasSize(1);
    assertThat(hit).contains("\"host.name\":\"pay-01\"").contains("\"count\":2");
  }

  @Test
  void what_can_not_be_hunted_is_told_in_one_line() throws IOException {
    var operator = new Operator(folder.resolve("home"));

    assertThat(operator.error("hunt", "--sigma", file("r.yml", "title: x\n").toString()))
        .contains("line 1");
    assertThat(operator.error("hunt")).contains("--sigma").contains("--indicators");
    assertThat(operator.error("hunt", "--sigma", "a.yml", "--indicators", "b.txt"))
        .contains("exclusive");
    assertThat(operator.error("hunt", "--indicators", "b.txt", "--against", "a.yml"))
        .contains("--sigma");
  }
}
