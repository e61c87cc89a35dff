package mo.farol.centre;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * {@code /metrics} for Prometheus, on a port of its own so that it answers when the console can't.
 */
final class MetricsServer implements AutoCloseable {
  private final HttpServer server;
  private final PrometheusMeterRegistry registry;

  private MetricsServer(HttpServer server, PrometheusMeterRegistry registry) {
    this.server = server;
    this.registry = registry;
  }

  /** Binds; throws {@link Usage} in one line when the port is taken. */
  static MetricsServer bind(String address, int port, PrometheusMeterRegistry registry) {
    try {
      var server = HttpServer.create(new InetSocketAddress(address, port), 16);
      var metrics = new MetricsServer(server, registry);
      server.createContext("/metrics", metrics::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      return metrics;
    } catch (IOException e) {
      throw new Usage(
          "metrics.port: cannot listen on %s:%d (%s); choose another port"
              .formatted(address, port, e.getMessage()));
    }
  }

  void start() {
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }
}
