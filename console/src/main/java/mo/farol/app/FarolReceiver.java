package mo.farol.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Our collector: received, on disk and parsed. */
final class FarolReceiver implements Receiver {
  private final Process process;
  private final BufferedReader said;
  private final String address;
  private final String http;

  FarolReceiver(Path folder) throws IOException {
    this(folder, 0);
  }

  /**
   * @param quota events a second of who sends syslog over TCP, 0 no limit
   */
  FarolReceiver(Path folder, long quota) throws IOException {
    process =
        ChildJvm.start(
            List.of("bench", "--collector", folder.toString(), "--quota", Long.toString(quota)));
    said = ChildJvm.reader(process);
    address = line();
    http = line();
  }

  /** Where it takes HTTP from whoever has the token {@code quiet}. */
  String http() {
    return http;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  @Override
  public long await(long lines) throws IOException {
    while (Long.parseLong(line()) < lines) {
      // it says how many there are
    }
    return System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What a JVM that is watched says before is passed over.
  private String line() throws IOException {
    for (var line = said.readLine(); line != null; line = said.readLine()) {
      if (line.matches("[0-9.:]+")) {
        return line;
      }
    }
    throw new IOException("the collector under test ended");
  }
}
