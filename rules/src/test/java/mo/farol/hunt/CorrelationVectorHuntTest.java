package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import mo.farol.match.Rules;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The shared correlation vectors, hunted for. */
class CorrelationVectorHuntTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant ZERO = Instant.parse("2026-11-24T08:00:00Z");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> the_groups_that_should_cross_do_and_no_others() throws IOException {
    var file = SharedData.find("sigma-vectors/correlations.jsonl");
    Assumptions.assumeTrue(file.isPresent(), "the shared data is not here");
    var tests = new ArrayList<DynamicTest>();
    for (String line : Files.readAllLines(file.orElseThrow())) {
      var vector = JSON.readTree(line);
      int number = tests.size();
      tests.add(
          DynamicTest.dynamicTest(
              vector.get("name").asText(), () -> check(vector, "ground-" + number)));
    }
    return tests.stream();
  }

  private void check(JsonNode vector, String name) {
    var book = Rules.book(vector.get("rules").asText());
    assertThat(book.refusals()).isEmpty();
    try (var ground = new Ground(folder.resolve(name))) {
      ground.add("finance", frames(vector.get("events")));

      var groups = ground.hunt(book).hits().stream().flatMap(hit -> hit.group().stream()).toList();

      assertThat(groups.stream().map(HuntGroup::values).distinct())
          .hasSize(vector.get("expected").size());
      for (JsonNode expected : vector.get("expected")) {
        var notBefore = ZERO.plusSeconds(expected.get("not_before").asLong());
        assertThat(groups)
            .anySatisfy(
                group -> {
                  assertThat(JSON.<JsonNode>valueToTree(group.values()))
                      .isEqualTo(expected.get("group"));
                  assertThat(group.lastAt()).isAfterOrEqualTo(notBefore);
                });
      }
    }
  }

  private static List<String> frames(JsonNode events) {
    var frames = new ArrayList<String>();
    for (JsonNode event : events) {
      ObjectNode fields = event.deepCopy();
      fields.put("@timestamp", ZERO.plusSeconds(event.get("t").asLong()).toString());
      frames.add(fields.toString());
    }
    return frames;
  }
}
