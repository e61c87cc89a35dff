package mo.farol.onboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.account.IngestTerms;
import mo.farol.account.Tokens;

/**
 * Sends a line of an agency through the real HTTP input, with a token that lives as long as the
 * request: whether that way is open can be seen without the agency.
 */
public final class TestLine {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Tokens tokens;
  private final Supplier<Optional<URI>> input;

  /**
   * @param input address of the HTTP input as it is reached from this machine; empty where it is
   *     off or takes TLS only
   */
  public TestLine(Tokens tokens, Supplier<Optional<URI>> input) {
    this.tokens = tokens;
    this.input = input;
  }

  /**
   * Sends it; returns once it is on disk.
   *
   * @throws IllegalArgumentException in one line where it can't be sent
   */
  public void send(String agency, String by) throws InterruptedException {
    var to =
        input
            .get()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the HTTP input is off or takes TLS only: send a line from the agency's"
                            + " forwarder"));
    var terms = new IngestTerms("test line", Optional.of(Duration.ofMinutes(1)), List.of());
    String token = tokens.ingest(agency, terms, by);
    try (var client = HttpClient.newHttpClient()) {
      int status =
          client
              .send(request(to, token, agency, by), HttpResponse.BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new IllegalArgumentException("the HTTP input answered " + status);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the HTTP input can't be reached: " + e.getMessage(), e);
    } finally {
      tokens.end(token, by);
    }
  }

  private static HttpRequest request(URI to, String token, String agency, String by) {
    String line =
        "<14>1 %s farol test-line - - - Test line of %s, sent by %s from the console"
            .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS), agency, by);
    return HttpRequest.newBuilder(to.resolve("/v1/events"))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .POST(HttpRequest.BodyPublishers.ofString(line + "\n", StandardCharsets.UTF_8))
        .build();
  }
}
