package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad rules are bounded and named; the others don't notice. */
class RobustnessTest {
  private static final String GOOD =
      """
      title: Good
      id: good
      logsource: {category: test}
      detection: {s: {f|contains: needle}, condition: s}
      """;

  @TempDir Path folder;

  private void write(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve(name), yaml);
  }

  private static String rule(String id, String selection) {
    return """
    title: %1$s
    id: %1$s
    logsource: {category: test}
    detection: {s: {%2$s}, condition: s}
    """
        .formatted(id, selection);
  }

  @Test
  void a_thousand_broken_rules_are_named_and_the_good_one_works() throws IOException {
    var broken =
        List.of(
            "title: [",
            rule("x", "f|nothing: a"),
            rule("x", "f|re: '(a'"),
            rule("x", "f: a") + "  - broken: [",
            rule("x", "f: a").replace("condition: s", "condition: s or"),
            rule("x", "f: a").replace("condition: s", "condition: " + "(".repeat(5_000) + "s"),
            "a: ".repeat(30),
            "\u0000\u0001\u0002",
            "title: T\nlogsource: {}\ndetection: " + "[".repeat(3_000),
            rule("x", "f|re: '((a{900}){900}){900}'"));
    for (int i = 0; i < 1_000; i++) {
      write("broken-" + i + ".yml", broken.get(i % broken.size()).replace("id: x", "id: x" + i));
    }
    write("good.yml", GOOD);
    var book = RuleBook.load(List.of(folder));
    assertThat(book.rules()).hasSize(1);
    assertThat(book.refusals()).hasSize(1_000);
    assertThat(book.refusals())
        .allSatisfy(
            r -> {
              assertThat(r.file().getFileName().toString()).startsWith("broken-");
              assertThat(r.line()).isPositive();
              assertThat(r.reason()).isNotBlank();
            });
    var matcher = new Matcher(book, FieldMap.standard());
    assertThat(Rules.ids(matcher, Events.of(List.of("{\"f\":\"a needle\"}")), 0))
        .containsExactly("good");
  }

  @Test
  void a_rule_that_matches_everything_is_named_and_others_go_on() throws IOException {
    write("all.yml", rule("everything", "f|exists: true"));
    write("good.yml", GOOD);
    var meters = new SimpleMeterRegistry();
    var matcher = new Matcher(RuleBook.load(List.of(folder)), RuleSettings.standard(), meters);
    var batch = Events.of(List.of("{\"f\":\"hay\"}", "{\"f\":\"needle\"}"));
    for (int i = 0; i < Noise.WINDOW; i++) {
      matcher.match(batch, i % 10 == 9 ? 1 : 0, _ -> {});
    }
    var everything = standing(matcher, "everything");
    assertThat(everything.isNoisy()).isTrue();
    assertThat(everything.matches()).isEqualTo(Noise.WINDOW);
    assertThat(everything.state()).isEqualTo(RuleStanding.State.AT_WORK);
    assertThat(standing(matcher, "good").matches()).isEqualTo(Noise.WINDOW / 10);
    assertThat(standing(matcher, "good").isNoisy()).isFalse();
    assertThat(meters.get("farol_match_noisy_rules").gauge().value()).isEqualTo(1);
  }

  private static RuleStanding standing(Matcher matcher, String id) {
    return matcher.standings().stream()
        .filter(each -> each.rule().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void hostile_expressions_end_and_the_good_rule_still_finds() throws IOException {
    var hostile =
        List.of(
            "(a+)+$",
            "(a|aa)+$",
            "(.*a){12}b",
            "([a-z]+)*[0-9]",
            "(a|b|ab)*c",
            "^(([a-z])+.)+[A-Z]([a-z])+$");
    for (int i = 0; i < hostile.size(); i++) {
      write("redos-" + i + ".yml", rule("redos-" + i, "f|re: '" + hostile.get(i) + "'"));
    }
    write("good.yml", GOOD);
    var book = RuleBook.load(List.of(folder));
    assertThat(book.refusals()).isEmpty();
    var matcher = new Matcher(book, FieldMap.standard());
    String text = "a".repeat(20_000);
    var batch =
        Events.of(
            IntStream.range(0, 40).mapToObj(i -> "{\"f\":\"" + text + "! needle\"}").toList());
    int found = 0;
    for (int i = 0; i < batch.count(); i++) {
      found += Rules.ids(matcher, batch, i).contains("good") ? 1 : 0;
    }
    assertThat(found).isEqualTo(40);
    assertThat(standing(matcher, "good").state()).isEqualTo(RuleStanding.State.AT_WORK);
    matcher.standings().stream()
        .filter(each -> each.state() == RuleStanding.State.QUARANTINED)
        .forEach(each -> assertThat(each.rule().id()).startsWith("redos-"));
  }

  @Test
  void a_rule_over_its_budget_is_handed_out_once_and_a_pause_is_nobodys_fault() {
    var rules =
        Rules.book(rule("slow", "f: a") + "---\n" + rule("paused", "f: b")).rules().stream()
            .map(
                each ->
                    new Compiler(FieldMap.standard(), new Columns(), List.of()).compile(each, 0))
            .toList();
    var over = new java.util.ArrayList<String>();
    var budget =
        new RuleBudget(
            rule -> {
              rule.turnOff(RuleStanding.State.QUARANTINED);
              over.add(rule.rule.ref().id());
            });
    assertThat(budget.measures()).isTrue(); // the first of every 64
    budget.took(rules.get(1), Duration.ofSeconds(3).toNanos());
    budget.ended(true, Duration.ofSeconds(3).toNanos());
    for (int i = 0; i < 2; i++) {
      assertThat(budget.measures()).as("after a pause").isFalse();
      budget.ended(false, Duration.ofMillis(4).toNanos());
    }
    for (int i = 0; i < 40; i++) {
      assertThat(budget.measures()).as("after several long events").isTrue();
      budget.took(rules.get(0), Duration.ofMillis(4).toNanos());
      budget.ended(true, Duration.ofMillis(4).toNanos());
    }
    assertThat(over).containsExactly("slow");
  }

  @Test
  void what_is_quick_keeps_its_place_however_often_it_is_asked() {
    var rule =
        new Compiler(FieldMap.standard(), new Columns(), List.of())
            .compile(Rules.book(rule("quick", "f: a")).rules().getFirst(), 0);
    var budget =
        new RuleBudget(
            each -> {
              throw new AssertionError(each.rule.ref().id() + " is quarantined");
            });
    int measured = 0;
    for (int i = 0; i < 100_000; i++) {
      boolean measures = budget.measures();
      if (measures) {
        measured++;
        budget.took(rule, 100_000);
      }
      budget.ended(measures, 150_000);
    }
    assertThat(measured).isEqualTo((100_000 + 63) / 64);
  }
}
