package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Conditions, lists, keywords and names of fields, a detection each in {@code detections.txt}. */
class DetectionsTest {
  private static final String SOURCE = "{category: test, product: test}";

  @TestFactory
  Stream<DynamicTest> a_detection_matches_what_the_specification_says() throws IOException {
    try (var in = DetectionsTest.class.getResourceAsStream("detections.txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n"))
          .filter(block -> block.startsWith("# "))
          .map(block -> block.lines().toList())
          .map(lines -> DynamicTest.dynamicTest(lines.getFirst().substring(2), () -> check(lines)));
    }
  }

  private static void check(List<String> block) {
    String source = of(block, "logsource: ").stream().findFirst().orElse(SOURCE);
    String detection =
        block.stream()
            .filter(line -> !line.matches("(# |logsource: |[+!] |- \\{).*"))
            .collect(Collectors.joining("\n  "));
    var book = Rules.book("title: T\nlogsource: " + source + "\ndetection:\n  " + detection + "\n");
    var refused = of(block, "! ");
    if (!refused.isEmpty()) {
      assertThat(book.refusals()).singleElement().asString().contains(refused.getFirst());
      return;
    }
    assertThat(book.refusals()).isEmpty();
    of(block, "+ ").forEach(event -> assertThat(matches(book, event)).as(event).isTrue());
    of(block, "- {").forEach(event -> assertThat(matches(book, "{" + event)).as(event).isFalse());
  }

  private static List<String> of(List<String> block, String start) {
    return block.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  private static boolean matches(RuleBook book, String event) {
    var batch = Events.of(List.of(event));
    var found = Rules.ids(new Matcher(book, FieldMap.standard()), batch, 0);
    assertThat(new BruteMatcher(book, FieldMap.standard()).ids(batch, 0)).isEqualTo(found);
    return !found.isEmpty();
  }
}
