package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import mo.farol.post.Posting;

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

  @FuzzTest(maxDuration = "20s")
  void post(FuzzedDataProvider data) {
    String line = data.pickValue(LINES);
    String type = "Content-Type: " + data.pickValue(TYPES);
    String packing = data.pickValue(PACKINGS);
    byte[] body = data.consumeRemainingAsBytes();
    try (var posting = new Posting("", Pipelines::protocols)) {
      String answer = posting.send(line, body, type, "Content-Encoding: " + packing);
      assertThat(answer).as(line).matches("(?s)HTTP/1.1 (2\\d\\d|4\\d\\d|503) .*");
      if (packing.equals("identity")) {
        assertThat(posting.log.texts()).hasSizeLessThanOrEqualTo(body.length);
      }
    }
  }
}
