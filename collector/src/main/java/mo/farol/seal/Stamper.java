package mo.farol.seal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest head stamped by an RFC 3161 authority, over HTTP as section 3.4 says. An authority
 * that does not answer delays its own stamps and nothing else.
 */
final class Stamper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stamper.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LONGEST_ANSWER = 256 << 10;

  private final URI authority;
  private final Duration every;
  private final Heads heads;
  private final Stamps stamps;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("seal-stamps").unstarted(this::run);
  private final Counter stamped;
  private final Counter failed;
  private boolean told;

  Stamper(URI authority, Duration every, Heads heads, Stamps stamps, MeterRegistry metrics) {
    this.authority = authority;
    this.every = every;
    this.heads = heads;
    this.stamps = stamps;
    this.stamped = metrics.counter("farol_seal_stamps_total");
    this.failed = metrics.counter("farol_seal_stamp_failures_total");
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    client.shutdownNow();
  }

  private void run() {
    try {
      while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        stampNewest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stampNewest() throws InterruptedException {
    try {
      var head = heads.last();
      if (head.isPresent() && stamps.of(head.get().head().size()).isEmpty()) {
        stamps.add(head.get().head().size(), ask(head.get()));
        stamped.increment();
        told = false;
      }
    } catch (IOException | RuntimeException e) {
      failed.increment();
      if (!told && closing.getCount() > 0) {
        log.warn("{} gave no time stamp, the next head asks again: {}", authority, e.toString());
        told = true;
      }
    }
  }

  private String ask(SignedHead head) throws IOException, InterruptedException {
    var question = new TimeStamp.Question(head);
    var request =
        HttpRequest.newBuilder(authority)
            .timeout(PATIENCE)
            .header("Content-Type", "application/timestamp-query")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question.bytes()))
            .build();
    var response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("the authority answers " + response.statusCode());
      }
      String token = question.token(body.readNBytes(LONGEST_ANSWER));
      TimeStamp.check(token, head, Optional.empty());
      return token;
    }
  }
}
