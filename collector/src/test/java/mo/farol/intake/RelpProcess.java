package mo.farol.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;

/** A journal in a folder with a RELP listener before it, in a process of its own; to be killed. */
public final class RelpProcess {
  private static final long SEGMENT_BYTES = 64L << 20;
  private static final long PENDING_BYTES = 64L << 20;

  private RelpProcess() {}

  /** Prints the port once it listens; ends when its input does. */
  public static void main(String[] arguments) throws Exception {
    try (var journal = open(Path.of(arguments[0]));
        var intake =
            new Intake(
                IntakeConfig.local("agency-a").withPorts(Map.of(Input.RELP, 0)),
                journal,
                token -> Optional.empty(),
                Optional.empty(),
                InstantSource.system(),
                new SimpleMeterRegistry())) {
      journal.start();
      intake.start();
      System.out.println(
          Optional.ofNullable(intake.bound().get("intake.relp")).orElseThrow().getPort());
      while (System.in.read() >= 0) {
        // until whoever started us is gone
      }
    }
  }

  static Journal open(Path folder) {
    return Journal.open(
        new JournalConfig(folder, SEGMENT_BYTES, PENDING_BYTES), new SimpleMeterRegistry());
  }

  /** Starts one. */
  static Process start(Path folder, String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    command.addAll(List.of(more));
    command.add("mo.farol.intake.RelpProcess");
    command.add(folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The port it printed. */
  static int port(Process process) throws IOException {
    return Integer.parseInt(process.inputReader().readLine());
  }
}
