package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What connections over mutual TLS cost in memory while nobody says anything. */
public final class IdleTls {
  private final int connections;

  public IdleTls(int connections) {
    this.connections = connections;
  }

  public void measure(Path home) throws IOException {
    var folder = home.resolve("idle");
    try (var farol = new FarolReceiver(folder)) {
      long before = farol.cost().residentMiB();
      var clients =
          ChildJvm.start(
              List.of(
                  "bench",
                  "--idle",
                  farol.at("intake.syslog.tls"),
                  "--connections",
                  Integer.toString(connections),
                  "--keys",
                  folder.resolve(Collector.CLIENT).toString()));
      System.out.println("idle connections: " + ChildJvm.reader(clients).readLine());
      System.out.printf(
          "  resident: %d MiB before, %d MiB with them%n", before, farol.cost().residentMiB());
      clients.destroy();
    }
  }
}
