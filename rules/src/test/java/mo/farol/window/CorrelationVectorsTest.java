package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mo.farol.event.Origin;
import mo.farol.event.SharedData;
import mo.farol.match.Events;
import mo.farol.match.FieldMap;
import mo.farol.match.Matcher;
import mo.farol.match.Rules;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Correlation rules with timed events and the groups that must cross: from frame to crossing. */
class CorrelationVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Origin ARCHIVE =
      new Origin("agency-a", "file", "", "vectors", false, "", 0, "UTC");
  private static final Instant ZERO = Instant.parse("2026-11-24T08:00:00Z");

  @TestFactory
  Stream<DynamicTest> the_groups_that_should_cross_do_and_no_others() throws IOException {
    var file = SharedData.find("sigma-vectors/correlations.jsonl");
    Assumptions.assumeTrue(file.isPresent(), "the shared data is not here");
    return tests(Files.readAllLines(file.orElseThrow()));
  }

  /** {@code correlations.jsonl} beside this class, in the form of the shared ones. */
  @TestFactory
  Stream<DynamicTest> every_type_comparison_and_span_is_counted_as_the_specification_says()
      throws IOException {
    try (var in = CorrelationVectorsTest.class.getResourceAsStream("correlations.jsonl")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return tests(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static Stream<DynamicTest> tests(List<String> lines) throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (String line : lines) {
      var vector = JSON.readTree(line);
      tests.add(DynamicTest.dynamicTest(vector.get("name").asText(), () -> check(vector)));
    }
    return tests.stream();
  }

  private static void check(JsonNode vector) {
    var book = Rules.book(vector.get("rules").asText());
    assertThat(book.refusals()).isEmpty();
    var matcher = new Matcher(book, FieldMap.standard());
    var windows = new Windows(book, FieldMap.standard());
    var crossings = new ArrayList<Crossing>();
    var batch = Events.of(ARCHIVE, 0, frames(vector.get("events")));
    for (int i = 0; i < batch.count(); i++) {
      matcher.match(batch, i, detection -> windows.accept(detection, crossings::add));
    }
    windows.flush(Instant.MAX, crossings::add);
    windows.end(crossings::add);
    var groups = crossings.stream().map(Crossing::group).distinct().toList();
    assertThat(groups).hasSize(vector.get("expected").size());
    for (JsonNode expected : vector.get("expected")) {
      var notBefore = ZERO.plusSeconds(expected.get("not_before").asLong());
      assertThat(crossings)
          .anySatisfy(
              crossing -> {
                assertThat(JSON.<JsonNode>valueToTree(crossing.group()))
                    .isEqualTo(expected.get("group"));
                assertThat(crossing.lastAt()).isAfterOrEqualTo(notBefore);
              });
    }
  }

  private static List<String> frames(JsonNode events) {
    var frames = new ArrayList<String>();
    for (JsonNode event : events) {
      var fields = (com.fasterxml.jackson.databind.node.ObjectNode) event.deepCopy();
      fields.put("@timestamp", ZERO.plusSeconds(event.get("t").asLong()).toString());
      frames.add(fields.toString());
    }
    return frames;
  }
}
