package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Types commands on a home. */
record Operator(Path home) {
  /** What a command prints that does what it should. */
  String farol(String... words) {
    var before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(status(words)).as(String.join(" ", words)).isZero();
    } finally {
      System.setOut(before);
    }
    return said.toString(StandardCharsets.UTF_8).strip();
  }

  /** The one line that tells of wrong usage. */
  String error(String... words) {
    var before = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(status(words)).as(String.join(" ", words)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    return said.toString(StandardCharsets.UTF_8);
  }

  /** The exit status of a command. */
  int status(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.add("--home");
    all.add(home.toString());
    return Main.run(all.toArray(String[]::new));
  }
}
