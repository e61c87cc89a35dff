package mo.farol.app;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import mo.farol.bench.Centre;
import mo.farol.bench.ChildJvm;
import mo.farol.bench.ProcessCost;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Running;

/** The centre under test: a process of its own, on free ports, asked through its own API. */
final class BenchCentre implements Centre {
  private static final long PATIENCE_NANOS = 600_000_000_000L;
  private final Process process;
  private final Map<String, String> ready;
  private final CentreClient client;
  private final double readySeconds;

  private BenchCentre(
      Process process, Map<String, String> ready, CentreClient client, double readySeconds) {
    this.process = process;
    this.ready = ready;
    this.client = client;
    this.readySeconds = readySeconds;
  }

  /**
   * @param rules a folder of rules beside the book
   */
  static BenchCentre start(Path home, Path rules) throws IOException {
    var config = Config.read(home, Optional.empty(), List.of());
    String token = Tokens.local(config, "bench");
    long begun = System.nanoTime();
    var process = ChildJvm.start(arguments(home, rules), BenchCentre::isToTell);
    var ready = parse(readyLine(process));
    double seconds = (System.nanoTime() - begun) / 1e9;
    var where = new Home(home);
    var running =
        Running.on(where).orElseThrow(() -> new IOException("the centre under test did not start"));
    return new BenchCentre(process, ready, new CentreClient(where, running, token), seconds);
  }

  @Override
  public double readySeconds() {
    return readySeconds;
  }

  @Override
  public String syslog() {
    return ready.getOrDefault("intake.syslog.tcp", "");
  }

  @Override
  public ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  @Override
  public void await(long events) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (long done = 0; done < events; ) {
      var status = client.get("/status", Map.of());
      done = Math.min(status.path("indexed").asLong(), status.path("detected").asLong());
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IOException("waited for %,d events, got %s".formatted(events, status));
      }
      Thread.sleep(20);
    }
  }

  @Override
  public String page(String path) throws IOException {
    try (var body = client.open(path, "text/html")) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Closeable follow(Runnable told) throws IOException {
    var line = client.open("/live", "text/event-stream");
    Thread.ofPlatform().name("live").daemon().start(() -> follow(line, told));
    return line;
  }

  // Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html, 9.2.5.
  private static void follow(InputStream line, Runnable told) {
    var words = new Scanner(line, StandardCharsets.UTF_8);
    while (words.hasNextLine()) {
      if (words.nextLine().replace(" ", "").equals("event:alert")) {
        told.run();
      }
    }
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

  // Nobody signs in at a home that goes with the run.
  private static boolean isToTell(String line) {
    return !line.startsWith(RunCommand.FIRST_START);
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
