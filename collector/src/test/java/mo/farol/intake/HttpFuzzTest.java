package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import mo.farol.post.Posting;
import mo.farol.wire.Kept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is posted to whichever protocol: one answer, none of them a fault of ours. */
class HttpFuzzTest {
  private static final List<String> LINES =
      List.of(
          "POST /v1/events",
          "POST /_bulk",
          "PUT /logs/_bulk",
          "POST /logs/_doc",
          "POST /services/collector",
          "POST /services/collector/raw",
          "POST /services/collector/ack?channel=c",
          "POST /v1/logs",
          "POST /gelf",
          "GET /");
  private static final List<String> TYPES =
      List.of("application/json", "application/x-ndjson", "application/x-protobuf", "text/plain");
  private static final List<String> PACKINGS = List.of("identity", "gzip", "deflate", "zstd");

  private static final int CHOICES = 3;

  @Test
  void every_input_that_a_search_kept_is_answered() {
    assertThat(kept()).hasSizeGreaterThan(1_000).allSatisfy(this::post);
  }

  static List<byte[]> kept() {
    return Kept.beside(HttpFuzzTest.class);
  }

  // The first three bytes choose path, type and packing.
  @MethodSource("kept")
  @FuzzTest(maxDuration = "20s")
  void post(byte[] data) {
    if (data.length < CHOICES) {
      return;
    }
    String line = choose(LINES, data[0]);
    String type = "Content-Type: " + choose(TYPES, data[1]);
    String packing = choose(PACKINGS, data[2]);
    byte[] body = Arrays.copyOfRange(data, CHOICES, data.length);
    try (var posting = new Posting("", Pipelines::protocols)) {
      String answer = posting.send(line, body, type, "Content-Encoding: " + packing);
      assertThat(answer).as(line).matches("(?s)HTTP/1.1 (2\\d\\d|4\\d\\d|503) .*");
      if (packing.equals("identity")) {
        assertThat(posting.log.texts()).hasSizeLessThanOrEqualTo(body.length);
      }
    }
  }

  private static String choose(List<String> among, byte choice) {
    return among.get((choice & 0xff) % among.size());
  }
}
