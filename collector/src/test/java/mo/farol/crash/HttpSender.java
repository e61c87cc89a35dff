package mo.farol.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/** Posts lines and bulk requests with an agency's token. */
final class HttpSender extends Sender {
  private static final int MOST = 20;
  private static final int OK = 200;
  private static final int BUSY = 503;
  private static final long PAUSE_NANOS = 20_000_000;

  private final String agency;

  HttpSender(int id, Told told, long seed, String agency) {
    super(id, told, seed);
    this.agency = agency;
  }

  @Override
  void send(Child.Ports ports) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      while (true) {
        post(client, "http://127.0.0.1:" + ports.http());
        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
      }
    }
  }

  private void post(HttpClient client, String base) throws IOException, InterruptedException {
    var numbers = new ArrayList<Long>();
    for (int left = 1 + random.nextInt(MOST); left > 0; left--) {
      numbers.add(take());
    }
    var request = random.nextBoolean() ? lines(base, numbers) : bulk(base, numbers);
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == OK && !answer.body().contains("\"errors\":true")) {
        numbers.forEach(told::answered);
        numbers.clear();
      } else if (answer.statusCode() != BUSY) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
    } finally {
      leave(numbers);
    }
  }

  private HttpRequest lines(String base, Collection<Long> numbers) {
    var body = new StringBuilder();
    numbers.forEach(number -> body.append(json(number)).append('\n'));
    return request(base + "/v1/events", body.toString());
  }

  private HttpRequest bulk(String base, Collection<Long> numbers) {
    var body = new StringBuilder();
    numbers.forEach(n -> body.append("{\"create\":{}}\n").append(json(n)).append('\n'));
    return request(base + "/logs/_bulk", body.toString());
  }

  private HttpRequest request(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + agency)
        .header("Content-Type", "application/x-ndjson")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String json(long number) {
    return "{\"@timestamp\":\"%s\",\"message\":\"%s%d\"}".formatted(time(number), WORD, number);
  }
}
