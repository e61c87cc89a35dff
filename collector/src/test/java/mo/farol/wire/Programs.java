package mo.farol.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs nobody here wrote; tests that need one skip loudly where it is absent. */
public final class Programs {
  private static final List<String> PLACES =
      List.of("/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin", "/sbin");

  private Programs() {}

  /** The path of a program; {@code debian} is the package that brings it. */
  public static String find(String name, String debian) {
    var found =
        Stream.concat(
                PLACES.stream(),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)))
            .map(place -> new File(place, name))
            .filter(File::canExecute)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "SKIPPED: no program '" + name + "' here; apt-get install " + debian + " runs this test");
    return found.orElseThrow().getPath();
  }

  /** Starts a program whose words go to a file. */
  public static Process start(Path output, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Ends a program as an operator would. */
  public static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
