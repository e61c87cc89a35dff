package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks the rule book: every entry's events through the real engine, its alerts out. {@code
 * -Dgolden=write} writes what comes out beside the events, to be reviewed like code.
 */
class BookTest {
  private static final Path BOOK = Path.of("book");
  private static final RuleBook RULES = RuleBook.load(List.of(BOOK));
  private static final DecisionBook DECISIONS = DecisionBook.shipped();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Test
  void every_rule_of_the_book_compiles() {
    assertThat(RULES.refusals()).isEmpty();
    assertThat(DECISIONS.faults()).isEmpty();
    assertThat(RULES.rules()).hasSizeGreaterThan(10);
  }

  @TestFactory
  Stream<DynamicTest> every_entry_raises_its_alerts_and_no_other() throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      for (var entry : BookEntry.all(BOOK)) {
        Files.writeString(
            entry.folder().resolve("alerts.json"),
            JSON.writeValueAsString(json(entry.play(RULES, DECISIONS))) + "\n");
      }
    }
    return BookEntry.all(BOOK).stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.name(), () -> assertThat(entry.differences(RULES, DECISIONS)).isEmpty()));
  }

  private static ArrayNode json(List<Alert> alerts) {
    var all = JSON.createArrayNode();
    for (Alert alert : alerts) {
      var node = all.addObject();
      node.put("rule", alert.rule().id());
      node.put("severity", alert.severity().word());
      node.put("title", alert.title());
      node.put("count", alert.count());
      alert.techniques().forEach(node.putArray("techniques")::add);
      var entities = node.putObject("entities");
      for (var entity : alert.entities()) {
        if (!entities.has(entity.field())) {
          entities.put(entity.field(), entity.value());
        }
      }
    }
    return all;
  }
}
