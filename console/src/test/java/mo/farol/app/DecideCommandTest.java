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

/** {@code farol decide}, as those who write decision rules type it. */
class DecideCommandTest {
  @TempDir private Path folder;

  private record Said(int status, String out) {}

  @Test
  void check_names_what_is_in_force_and_what_is_refused_and_where() throws IOException {
    Files.writeString(folder.resolve("own.csv"), "rule,set level\nweb-*,critical\nweb-*,awful\n");
    var good = check();
    assertThat(good.status()).isEqualTo(1);
    assertThat(good.out())
        .contains("in force  direct-grave ", "in force  own.csv row 2 ")
        .contains("refused   own.csv:3: column B (set level): a level is");

    Files.delete(folder.resolve("own.csv"));
    assertThat(check().status()).isZero();
    Files.writeString(
        folder.resolve("evil.drl"),
        "package decide.evil;\nrule \"x\" when\n then System.exit(0); end\n");
    assertThat(check().out()).contains("refused   evil.drl:3: 'System' is not among");
    assertThat(Main.run("decide", "check", folder.resolve("none").toString())).isEqualTo(2);
  }

  private Said check() {
    var before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int status = Main.run("decide", "check", folder.toString());
      return new Said(status, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
