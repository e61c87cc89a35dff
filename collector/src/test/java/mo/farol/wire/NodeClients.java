package mo.farol.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Log senders from npm: {@code src/test/clients} holds what is needed, by name and checksum, and a
 * short script for each. They are put into {@code target/clients} once a run.
 */
public final class NodeClients {
  private static final Path FROM = Path.of("src", "test", "clients");
  private static final Path TO = Path.of("target", "clients");
  private static final long INSTALL_MINUTES = 5;
  private static boolean installed;

  private NodeClients() {}

  /** Runs {@code node script arguments} to its end; gives what it printed. */
  public static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    install();
    var command = new ArrayList<>(List.of(program("node"), script));
    command.addAll(Arrays.asList(arguments));
    return finish(command, 1);
  }

  private static synchronized void install() throws IOException, InterruptedException {
    if (installed) {
      return;
    }
    Files.createDirectories(TO);
    try (Stream<Path> files = Files.list(FROM)) {
      for (Path file : files.toList()) {
        Files.copy(file, TO.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    finish(
        List.of(
            program("npm"),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--omit-lockfile-registry-resolved"),
        INSTALL_MINUTES);
    installed = true;
  }

  private static String finish(List<String> command, long minutes)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("client", ".out");
    var process =
        new ProcessBuilder(command)
            .directory(TO.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output);
    Files.delete(output);
    if (!ended || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + (ended ? ": " : " hangs: ") + said);
    }
    return said;
  }

  private static String program(String name) {
    var found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(place -> new File(place, name))
            .filter(File::canExecute)
            .findFirst();
    assumeTrue(found.isPresent(), "SKIPPED: no program '" + name + "' here");
    return found.orElseThrow().getPath();
  }
}
