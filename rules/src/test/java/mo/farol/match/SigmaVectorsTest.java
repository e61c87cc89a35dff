package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small rules with events that must match and events that must not. */
class SigmaVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> a_rule_matches_exactly_the_events_the_specification_says()
      throws IOException {
    var file = SharedData.find("sigma-vectors/modifiers.jsonl");
    Assumptions.assumeTrue(file.isPresent(), "the shared data is not here");
    return Files.readAllLines(file.orElseThrow()).stream()
        .map(SigmaVectorsTest::read)
        .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> check(each)));
  }

  private static void check(JsonNode vector) {
    var book = Rules.book(vector.get("rule").asText());
    assertThat(book.refusals()).isEmpty();
    var matcher = new Matcher(book, FieldMap.standard());
    var brute = new BruteMatcher(book, FieldMap.standard());
    for (JsonNode each : vector.get("events")) {
      String event = each.get("event").toString();
      var batch = Events.of(List.of(event));
      boolean expected = each.get("match").asBoolean();
      assertThat(Rules.ids(matcher, batch, 0)).as(event).hasSize(expected ? 1 : 0);
      assertThat(brute.ids(batch, 0)).as("brute: " + event).hasSize(expected ? 1 : 0);
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException(line, e);
    }
  }
}
