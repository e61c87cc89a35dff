package mo.farol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program {@code openssl}; tests that need it skip loudly where it is absent. */
final class OpenSsl {
  private static final Path PROGRAM = Path.of("/usr/bin/openssl");

  private OpenSsl() {}

  /** Runs it in a folder with these words and this input; gives all it said. */
  static String run(Path folder, String input, String... words)
      throws IOException, InterruptedException {
    return run(folder, input, 0, words);
  }

  static String run(Path folder, String input, int status, String... words)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(PROGRAM),
        "SKIPPED: no " + PROGRAM + "; apt-get install openssl runs this test");
    var command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(words));
    Path said = folder.resolve("openssl.out");
    Path asked = Files.writeString(folder.resolve("openssl.in"), input);
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(asked.toFile())
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("openssl ends").isTrue();
      String text = Files.readString(said, StandardCharsets.ISO_8859_1);
      assertThat(process.exitValue()).as(text).isEqualTo(status);
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
