package mo.farol.app;

import java.util.List;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Home;
import mo.farol.centre.Running;

/**
 * Where an import goes: a running centre through its API, or a stopped home opened in this process.
 */
sealed interface ImportTarget extends AutoCloseable permits ImportTarget.Api, ImportTarget.Inside {
  /** What travels with every chunk of a file. */
  record Order(String agency, String lane, String format, int year, String zone, String file) {}

  /** Makes a chunk durable before it returns. */
  void send(Order order, LineChunk chunk);

  /** Waits until all that was sent is searchable and detected. */
  void settle() throws InterruptedException;

  /** Alerts that these lanes raised. */
  long alerts(List<String> lanes);

  /** Lines of these lanes that no parser could read; they are kept as text. */
  long rejected(List<String> lanes);

  /** What finds those of one lane. */
  static String unreadable(String lane) {
    return "farol.lane:\"%s\" AND farol.rejected:*".formatted(lane);
  }

  @Override
  void close();

  static ImportTarget of(Config config) {
    var home = new Home(config.home());
    return Running.on(home)
        .<ImportTarget>map(
            running -> new Api(new CentreClient(home, running, Tokens.local(config, "local"))))
        .orElseGet(() -> new Inside(Farol.open(config).startInside()));
  }

  /** A running centre. */
  final class Api implements ImportTarget {
    private final CentreClient client;
    private long last;

    Api(CentreClient client) {
      this.client = client;
    }

    @Override
    public void send(Order order, LineChunk chunk) {
      var query =
          java.util.Map.of(
              "agency", order.agency(),
              "lane", order.lane(),
              "format", order.format(),
              "year", Integer.toString(order.year()),
              "zone", order.zone(),
              "file", order.file());
      last = client.post("/import", query, chunk.bytes(), "text/plain").path("next").asLong();
    }

    @Override
    public void settle() throws InterruptedException {
      for (var s = client.get("/status", java.util.Map.of());
          s.path("indexed").asLong() < last || s.path("detected").asLong() < last;
          s = client.get("/status", java.util.Map.of())) {
        Thread.sleep(100);
      }
    }

    @Override
    public long alerts(List<String> lanes) {
      return lanes.stream()
          .mapToLong(
              lane -> client.get("/alerts", java.util.Map.of("lane", lane)).path("total").asLong())
          .sum();
    }

    @Override
    public long rejected(List<String> lanes) {
      return lanes.stream()
          .map(
              lane ->
                  java.util.Map.of(
                      "q", unreadable(lane), "from", "1970-01-01T00:00:00Z", "limit", "1"))
          .mapToLong(query -> client.get("/events", query).path("total").asLong())
          .sum();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** A stopped home, opened without listeners. */
  final class Inside implements ImportTarget {
    private final Farol farol;
    private long last;

    Inside(Farol farol) {
      this.farol = farol;
    }

    @Override
    public void send(Order order, LineChunk chunk) {
      last =
          farol
              .archive()
              .append(
                  order.agency(),
                  order.lane(),
                  order.format(),
                  order.year(),
                  order.zone(),
                  order.file(),
                  chunk.bytes());
    }

    @Override
    public void settle() throws InterruptedException {
      while (farol.status().indexed() < last || farol.status().detected() < last) {
        Thread.sleep(100);
      }
    }

    @Override
    public long alerts(List<String> lanes) {
      return lanes.stream().mapToLong(farol::alertsOfLane).sum();
    }

    @Override
    public long rejected(List<String> lanes) {
      return lanes.stream().mapToLong(lane -> farol.eventsOf(unreadable(lane))).sum();
    }

    @Override
    public void close() {
      farol.close();
    }
  }
}
