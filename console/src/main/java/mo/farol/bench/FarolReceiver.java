package mo.farol.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Our collector: received, on disk and parsed. */
final class FarolReceiver implements Receiver {
  private static final Pattern SAID = Pattern.compile("(intake\\.[a-z.]+|api|token)=.*");

  private final Process process;
  private final BufferedReader said;
  private final Map<String, String> listeners = new HashMap<>();

  FarolReceiver(Path folder) throws IOException {
    this(folder, 0);
  }

  /**
   * @param quota events a second of who sends without TLS, 0 no limit
   */
  FarolReceiver(Path folder, long quota) throws IOException {
    this(List.of("bench", "--collector", folder.toString(), "--quota", Long.toString(quota)));
  }

  /**
   * @param arguments what to run
   */
  FarolReceiver(List<String> arguments) throws IOException {
    process = ChildJvm.start(arguments);
    said = ChildJvm.reader(process);
    // What a JVM that is watched says before is passed over.
    for (var line = line(); !line.isEmpty(); line = line()) {
      if (SAID.matcher(line).matches()) {
        listeners.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
  }

  /** Where one of its listeners is, {@code host:port}, by the key of its configuration. */
  String at(String key) throws IOException {
    var address = listeners.get(key);
    if (address == null) {
      throw new IOException("no listener " + key);
    }
    return address;
  }

  @Override
  public String address() throws IOException {
    return at("intake.syslog.tcp");
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
    // Who says what nobody reads waits for ever once the pipe is full.
    while (said.readLine() != null) {
      // the rest of its counts
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String line() throws IOException {
    var line = said.readLine();
    if (line == null) {
      throw new IOException("the collector under test ended");
    }
    return line;
  }
}
