package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import mo.farol.match.Rules;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Rules of the time when Sigma counted behind a pipe, written anew as correlations: each crosses at
 * its threshold and not one before it, in order and out of it.
 */
class PipeRulesTest {
  private static final Pattern COUNT =
      Pattern.compile(
          "condition: (.+) \\| (count|sum)\\((\\w*)\\)(?: by (\\S+))? ([<>]) (\\d+)\\s*");
  private static final Pattern NEAR = Pattern.compile("condition: (.+) \\| near ([^#\\n]+).*");
  private static final Pattern FRAME = Pattern.compile("timeframe: (\\S+)");

  @TestFactory
  Stream<DynamicTest> a_rule_crosses_at_its_threshold_and_not_one_before_it() throws IOException {
    var folder = SharedData.find("sigma-rules/unsupported");
    Assumptions.assumeTrue(folder.isPresent(), "the shared data is not here");
    var tests = new ArrayList<DynamicTest>();
    int left = 0;
    try (var files = Files.walk(folder.orElseThrow())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yml")).sorted().toList()) {
        String text = Files.readString(file);
        var count = COUNT.matcher(text);
        var near = NEAR.matcher(text);
        boolean whole = !text.contains("action: global"); // 'action' left Sigma with 2.0
        if (whole && count.find()) {
          tests.add(test(file, () -> counted(text, count)));
        } else if (whole && near.find()) {
          tests.add(test(file, () -> near(text, near)));
        } else {
          left += text.matches("(?s).*condition: [^\\n]*\\|.*") ? 1 : 0;
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(35);
    assertThat(left).as("rules of several documents").isLessThan(3);
    return tests.stream();
  }

  private static DynamicTest test(Path file, org.junit.jupiter.api.function.Executable run) {
    return DynamicTest.dynamicTest(String.valueOf(file.getFileName()), run);
  }

  private static void counted(String text, Matcher pipe) {
    String field = pipe.group(3);
    String by = pipe.group(4);
    boolean fewer = pipe.group(5).equals("<");
    int number = Integer.parseInt(pipe.group(6));
    boolean sum = pipe.group(2).equals("sum");
    String type = sum ? "value_sum" : field.isEmpty() ? "event_count" : "value_count";
    String bound = (fewer ? "lt: " : "gt: ") + number;
    var book =
        Rules.book(
            base(text, "base", pipe.group(1))
                + correlation(text, type, "[base]", by)
                + "  condition: {"
                + bound
                + (field.isEmpty() ? "" : ", field: " + field)
                + "}\n");
    assertThat(book.refusals()).isEmpty();
    int some = sum ? 10 : fewer ? number - 1 : number + 1;
    var rules = Collections.nCopies(some, "base");
    if (sum) {
      assertThat(crosses(book, rules, fields(by, field, i -> "" + number / 10))).isFalse();
      assertThat(crosses(book, rules, fields(by, field, i -> "" + (number / 10 + i / 9)))).isTrue();
      return;
    }
    var values = fields(by, field, i -> "v" + i);
    assertThat(crosses(book, rules, values)).isTrue();
    assertThat(crosses(book, Collections.nCopies(number, "base"), values)).isFalse();
    if (by != null) {
      assertThat(crosses(book, rules, fields("", field, i -> "v" + i))).isFalse();
    }
  }

  private static void near(String text, Matcher pipe) {
    var names = new ArrayList<>(List.of(pipe.group(1)));
    for (String other : pipe.group(2).strip().split(" and ", -1)) {
      if (!other.startsWith("not ")) { // a filter of the others, which have their own
        names.add(other.strip());
      }
    }
    var documents = new StringBuilder();
    var rules = new ArrayList<String>();
    for (String name : names) {
      rules.add("base" + rules.size());
      documents.append(base(text, rules.getLast(), name));
    }
    var book =
        Rules.book(documents + correlation(text, "temporal", rules.toString(), "ComputerName"));
    assertThat(book.refusals()).isEmpty();
    var fields = fields("ComputerName", "", i -> "");
    assertThat(crosses(book, rules, fields)).isTrue();
    assertThat(crosses(book, rules.subList(1, rules.size()), fields)).isFalse();
  }

  private interface Value {
    String of(int i);
  }

  private interface Fields {
    Map<String, String> of(int i);
  }

  private static Fields fields(String by, String field, Value value) {
    return i -> {
      var fields = new HashMap<String, String>();
      if (by != null && !by.isEmpty()) {
        fields.put(by, "x");
      }
      if (!field.isEmpty()) {
        fields.put(field, value.of(i));
      }
      return fields;
    };
  }

  // In order, and three times out of it: the same either way.
  private static boolean crosses(RuleBook book, List<String> rules, Fields fields) {
    boolean crosses = crosses(book, rules, fields, order(rules.size(), 0));
    for (int seed = 1; seed <= 3; seed++) {
      assertThat(crosses(book, rules, fields, order(rules.size(), seed))).isEqualTo(crosses);
    }
    return crosses;
  }

  private static List<Integer> order(int size, int seed) {
    var order = new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(size).toList());
    if (seed > 0) {
      Collections.shuffle(order, new Random(seed));
    }
    return order;
  }

  private static boolean crosses(
      RuleBook book, List<String> rules, Fields fields, List<Integer> order) {
    var windows = Play.windows(book);
    var out = new ArrayList<Crossing>();
    for (int i : order) {
      windows.accept(Detections.at(i, i, rules.get(i), fields.of(i)), out::add);
    }
    windows.flush(Instant.MAX, out::add);
    windows.advance(Instant.parse("2030-01-01T00:00:00Z"), out::add);
    return !out.isEmpty();
  }

  // The same detection under a condition of its own.
  private static String base(String text, String id, String condition) {
    return text.replaceAll("(?m)^id: .*\\n", "")
            .replaceAll("(?m)^name: .*\\n", "")
            .replaceAll("(?m)^related:\\n(    .*\\n)+", "")
            .replaceAll("    timeframe: .*\\n", "")
            .replaceAll("condition: .*", Matcher.quoteReplacement("condition: " + condition))
            .strip()
        + "\nid: "
        + id
        + "\n---\n";
  }

  private static String correlation(String text, String type, String rules, String by) {
    var frame = FRAME.matcher(text);
    return """
    title: Correlation
    id: correlation
    correlation:
      type: %s
      rules: %s
      timespan: %s
      group-by: [%s]
    """
        .formatted(
            type,
            rules,
            frame.find() ? frame.group(1).toLowerCase(Locale.ROOT) : "10m",
            by == null ? "" : by);
  }
}
