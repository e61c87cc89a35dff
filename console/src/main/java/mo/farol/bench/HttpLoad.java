package mo.farol.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An agency that posts lines at a rate and minds no answer: after a 429 it asks again when its next
 * request is due, whatever {@code Retry-After} says.
 */
public final class HttpLoad {
  /** The token it comes with. */
  static final String TOKEN = "noisy";

  private static final int CONNECTIONS = 8;
  private static final int LINES = 100;
  private static final String LINE = "<14>a noisy agency's line " + "x".repeat(234) + "\n";

  private final HttpRequest request;
  private final double nanosEach;
  private final int each;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private HttpLoad(InetSocketAddress to, long rate, int seconds) {
    this.request =
        HttpRequest.newBuilder(
                URI.create("http://" + to.getHostString() + ":" + to.getPort() + "/v1/events"))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(LINE.repeat(LINES)))
            .build();
    this.nanosEach = 1e9 * CONNECTIONS * LINES / rate;
    this.each = Math.toIntExact(rate * seconds / CONNECTIONS / LINES);
  }

  /** Sends and prints one line of what became of it. */
  public static void be(InetSocketAddress to, long rate, int seconds) throws InterruptedException {
    var load = new HttpLoad(to, rate, seconds);
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        threads.submit(load::send);
      }
      threads.shutdown();
      threads.awaitTermination(2L * seconds, TimeUnit.SECONDS);
    }
    System.out.printf(
        Locale.ROOT, "%,d requests taken, %,d refused%n", load.taken.get(), load.refused.get());
  }

  private Void send() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < each; i++) {
        LockSupport.parkNanos(begun + (long) (i * nanosEach) - System.nanoTime());
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        (status == 200 ? taken : refused).incrementAndGet();
      }
    }
    return null;
  }
}
