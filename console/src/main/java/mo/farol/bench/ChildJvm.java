package mo.farol.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Farol in a process of its own, on the same class path and JVM flags. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Starts {@code farol} with these arguments; its standard error is ours. */
  public static Process start(List<String> arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /**
   * The same, of its standard error only some lines.
   *
   * @param told whether a line is handed on
   */
  public static Process start(List<String> arguments, Predicate<String> told) throws IOException {
    var process = builder(List.of(), arguments).start();
    Thread.ofVirtual().name("child's errors").start(() -> hand(process, told));
    return process;
  }

  private static void hand(Process process, Predicate<String> told) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      lines.lines().filter(told).forEach(System.err::println);
    } catch (IOException | UncheckedIOException e) {
      return; // it ended
    }
  }

  /**
   * The same at the lowest priority: somebody who in life has processors of its own, and here takes
   * only what is left of those that are measured.
   */
  static Process startAside(List<String> arguments) throws IOException {
    return start(List.of("nice", "-n", "19"), arguments);
  }

  private static Process start(List<String> before, List<String> arguments) throws IOException {
    return builder(before, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static ProcessBuilder builder(List<String> before, List<String> arguments) {
    var command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "mo.farol.app.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** Waits for the end and returns the last line it printed. */
  public static String lastLine(Process process) throws IOException, InterruptedException {
    String last = "";
    try (var lines = reader(process)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("a child process ended with status " + status);
    }
    return last;
  }

  /** The process' standard output, to read line by line. */
  public static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
