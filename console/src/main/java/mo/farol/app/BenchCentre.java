package mo.farol.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.bench.ChildJvm;
import mo.farol.bench.ProcessCost;
import mo.farol.centre.Config;
import mo.farol.centre.Folders;
import mo.farol.centre.Home;
import mo.farol.centre.Running;

/** The centre under test: a process of its own, on free ports, asked through its own API. */
final class BenchCentre implements AutoCloseable {
  /** What {@code /status} says. */
  record Status(long received, long durable, long indexed, long detected) {}

  private static final long PATIENCE_NANOS = 600_000_000_000L;
  private final Process process;
  private final Path home;
  private final Map<String, String> ready;
  private final CentreClient client;
  private final double readySeconds;
  private final long idleMiB;

  private BenchCentre(
      Process process,
      Path home,
      Map<String, String> ready,
      CentreClient client,
      double readySeconds,
      long idleMiB) {
    this.process = process;
    this.home = home;
    this.ready = ready;
    this.client = client;
    this.readySeconds = readySeconds;
    this.idleMiB = idleMiB;
  }

  static BenchCentre start(Path home, Path rules) throws Exception {
    var config = Config.read(home, Optional.empty(), List.of());
    String token = Tokens.local(config, "bench");
    long begun = System.nanoTime();
    var process = ChildJvm.start(arguments(home, rules));
    var ready = parse(readyLine(process));
    double seconds = (System.nanoTime() - begun) / 1e9;
    Thread.sleep(5_000);
    long idle = ProcessCost.of(process.pid()).residentMiB();
    var where = new Home(home);
    var running =
        Running.on(where).orElseThrow(() -> new IOException("the centre under test did not start"));
    return new BenchCentre(
        process, home, ready, new CentreClient(where, running, token), seconds, idle);
  }

  double readySeconds() {
    return readySeconds;
  }

  long idleMiB() {
    return idleMiB;
  }

  /** The syslog TCP listener, as {@code host:port}. */
  String syslog() {
    return ready.getOrDefault("intake.syslog.tcp", "");
  }

  ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  Status status() {
    var node = client.get("/status", Map.of());
    return new Status(
        node.path("received").asLong(),
        node.path("durable").asLong(),
        node.path("indexed").asLong(),
        node.path("detected").asLong());
  }

  /** Waits until this many events are searchable and detected. */
  void await(long count) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (var now = status(); now.indexed() < count || now.detected() < count; now = status()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IOException("waited for %,d events, got %s".formatted(count, now));
      }
      Thread.sleep(50);
    }
  }

  /** Bytes of journal and index, by events received. */
  double bytesAnEvent() throws IOException {
    long bytes = Folders.size(home.resolve("journal")) + Folders.size(home.resolve("index"));
    return (double) bytes / Math.max(1, status().received());
  }

  @Override
  public void close() throws IOException {
    client.close();
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> arguments(Path home, Path rules) {
    var words = new ArrayList<>(List.of("run", "--home", home.toString()));
    words.addAll(FreePorts.words());
    words.addAll(List.of("--set", "rules.folders=" + rules.toAbsolutePath()));
    return words;
  }

  // What a JVM that is watched says before it is passed over.
  private static String readyLine(Process process) throws IOException {
    var lines = ChildJvm.reader(process);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return line;
      }
    }
    throw new IOException("the centre under test did not start");
  }

  private static Map<String, String> parse(String line) {
    var map = new LinkedHashMap<String, String>();
    for (String word : line.substring(6).split(" ", -1)) {
      int at = word.indexOf('=');
      map.put(word.substring(0, at), word.substring(at + 1));
    }
    return map;
  }
}
