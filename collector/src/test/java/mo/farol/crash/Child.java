package mo.farol.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One life of a {@link CollectorProcess}, from its start to its end by force. */
final class Child implements AutoCloseable {
  /** Where it listens. */
  record Ports(int relp, int http) {}

  private static final int KILLED = 128 + 9;
  private static final long SECONDS = 60;

  private final Process process;
  private final BufferedReader lines;
  private final List<String> said = new ArrayList<>();

  private Child(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(Home home, List<String> flags) throws IOException {
    return start(CollectorProcess.class, List.of(home.folder().toString()), flags);
  }

  static Child start(Class<?> main, List<String> arguments, List<String> flags) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add(main.getName());
    command.addAll(arguments);
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until it listens. */
  Ports ready() throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(CollectorProcess.READY)) {
        return new Ports(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      }
      said.add(line);
    }
    throw new AssertionError("it ended before it was ready: " + said);
  }

  /** Ends it with SIGKILL; fails where it had ended by itself, or complained. */
  void kill() throws IOException, InterruptedException {
    killWithComplaints();
    assertThat(said).as("complaints").isEmpty();
  }

  /** Ends it with SIGKILL, where it has reason to complain; fails where it had ended by itself. */
  void killWithComplaints() throws IOException, InterruptedException {
    process.toHandle().destroyForcibly(); // leaves its output open, to be read to the end
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("the process is gone").isTrue();
    lines.lines().filter(line -> !line.startsWith(CollectorProcess.READY)).forEach(said::add);
    assertThat(process.exitValue()).as("killed, having said %s", said).isEqualTo(KILLED);
  }

  /** Lets it end by itself. */
  void end() throws IOException, InterruptedException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    assertThat(process.waitFor(Duration.ofSeconds(SECONDS))).as("it ends by itself").isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
