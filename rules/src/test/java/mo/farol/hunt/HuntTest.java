package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mo.farol.event.Scope;
import mo.farol.match.RuleSettings;
import mo.farol.match.Rules;
import mo.farol.search.Asker;
import mo.farol.search.Cancelled;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hunt finds where the index alone can't tell, who sees it, and how it ends. */
class HuntTest {
  private static final String ID = "11111111-1111-4111-8111-111111111111";

  @TempDir private Path folder;
  private Ground ground;

  @BeforeEach
  void open() {
    ground = new Ground(folder);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private static RuleBook rule(String selection) {
    return Rules.book(
        """
        title: Sought
        id: %s
        logsource: {product: home}
        detection:
          sel:
            %s
          condition: sel
        """
            .formatted(ID, selection));
  }

  private static String json(String field, String value) {
    return "{\"%s\":\"%s\"}".formatted(field, value);
  }

  private Set<Long> found(String selection) {
    return Ground.found(ground.hunt(rule(selection))).getOrDefault(ID, Set.of());
  }

  @Test
  void text_beyond_what_the_index_keeps_of_a_value_is_found() {
    ground.add("a", List.of(json("Payload", "=".repeat(3_000) + "needle-7"), json("Payload", "x")));

    assertThat(found("Payload|contains: needle-7")).containsExactly(0L);
    assertThat(found("Payload|endswith: needle-7")).containsExactly(0L);
    assertThat(found("Payload|re: need.e-7$")).containsExactly(0L);
  }

  @Test
  void text_beyond_what_the_index_keeps_of_a_word_of_a_message_is_found() {
    ground.add(
        "a",
        List.of(
            json("message", "run " + "A".repeat(500) + "needle now"),
            json("message", "a needle"),
            json("message", "nothing")));

    assertThat(found("message|contains: needle")).containsExactly(0L, 1L);
    assertThat(found("- needle")).containsExactly(0L, 1L);
  }

  @Test
  void signs_of_patterns_that_are_escaped_stand_for_themselves() {
    ground.add(
        "a", List.of(json("Name", "a*b?c"), json("Name", "aXbYc"), json("Name", "A*B?C\\\\d")));

    assertThat(found("Name|contains: 'a\\*b\\?c'")).containsExactly(0L, 2L);
    assertThat(found("Name: 'a*b?c'")).containsExactly(0L, 1L);
    assertThat(found("Name|endswith: '\\d'")).containsExactly(2L);
  }

  @Test
  void letters_that_the_index_folds_in_another_way_are_found_as_live_ones() {
    ground.add("a", List.of(json("Name", "Σίσυφος"), json("Name", "ΣΊΣΥΦΟΣ"), json("Name", "İx")));

    assertThat(found("Name: σίσυφοσ")).containsExactly(0L, 1L);
    assertThat(found("Name|endswith: ος")).containsExactly(0L, 1L);
    assertThat(found("Name|contains: ix")).isEmpty();
  }

  @Test
  void a_rule_of_a_negation_alone_looks_at_everything_and_says_so() {
    ground.add("a", List.of(json("Name", "x"), json("Name", "y"), json("Other", "z")));
    var book =
        Rules.book(
            """
            title: Not
            id: %s
            logsource: {product: home}
            detection:
              sel: {Name: x}
              condition: not sel
            """
                .formatted(ID));
    var result = ground.hunt(book);

    assertThat(Ground.found(result).get(ID)).containsExactly(1L, 2L);
    assertThat(result.read()).isEqualTo(3);
    assertThat(result.events()).isEqualTo(3);
  }

  @Test
  void only_what_may_match_is_read() {
    var frames = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      frames.add(json("Name", "n" + i));
    }
    ground.add("a", frames);

    assertThat(ground.hunt(rule("Name: n77")).read()).isEqualTo(1);
    assertThat(ground.hunt(rule("Name|startswith: n49")).read()).isEqualTo(11);
    assertThat(ground.hunt(rule("Absent: n77")).read()).isZero();
  }

  @Test
  void nobody_finds_what_they_may_not_see() {
    ground.add("a", List.of(json("Name", "x"), json("Name", "x")));
    ground.add("b", List.of(json("Name", "x")));

    var own = ground.hunt(rule("Name: x"), RuleSettings.standard(), Scope.of("b"));
    assertThat(own.agencies()).isEqualTo(java.util.Map.of("b", 1L));
    assertThat(own.events()).isEqualTo(1);
    assertThat(own.coverage().agencies()).extracting(Coverage.Of::agency).containsExactly("b");
    assertThat(own.coverage().sources()).extracting(Coverage.Source::agency).containsOnly("b");
    var nobody = ground.hunt(rule("Name: x"), RuleSettings.standard(), Scope.of());
    assertThat(nobody.matched()).isZero();
    assertThat(nobody.coverage().agencies()).isEmpty();
  }

  @Test
  void a_question_too_large_for_the_index_is_asked_in_a_wider_way() {
    ground.add("a1", List.of(json("Name", "x"), json("Other", "x")));
    var many =
        IntStream.range(0, 3_000).mapToObj(i -> "a" + i).collect(Collectors.toUnmodifiableSet());
    var result = ground.hunt(rule("Name: '*'"), RuleSettings.standard(), new Scope.Agencies(many));

    assertThat(Ground.found(result).get(ID)).containsExactly(0L);
    assertThat(result.isWhole()).isTrue();
    assertThat(result.coverage().exact()).isFalse();
  }

  @Test
  void a_field_that_is_there_without_a_value_is_found() {
    ground.add("a1", List.of(json("Name", "x"), "{\"Name\":null}", json("Other", "x")));

    assertThat(Ground.found(ground.hunt(rule("Name|exists: true"))).get(ID))
        .containsExactly(0L, 1L);
    assertThat(Ground.found(ground.hunt(rule("Name|exists: false"))).get(ID)).containsExactly(2L);
  }

  @Test
  void what_could_not_have_shown_it_is_told() {
    ground.add(
        "a",
        List.of(
            "{\"@timestamp\":\"2026-11-20T01:10:00Z\",\"Name\":\"x\",\"host\":{\"name\":\"h1\"}}",
            "{\"@timestamp\":\"2026-11-20T05:10:00Z\",\"Name\":\"y\",\"host\":{\"name\":\"h1\"}}"));
    ground.add("b", List.of("{\"@timestamp\":\"2026-11-20T02:10:00Z\",\"Other\":\"x\"}"));
    var coverage = ground.hunt(rule("Name: x")).coverage();

    assertThat(coverage.oldest()).contains(Instant.parse("2026-11-20T01:10:00Z"));
    assertThat(coverage.newest()).contains(Instant.parse("2026-11-20T05:10:00Z"));
    assertThat(coverage.step()).isEqualTo(Duration.ofHours(1));
    var a = coverage.agencies().get(0);
    assertThat(a.events()).isEqualTo(2);
    assertThat(a.steps()).isEqualTo(2);
    assertThat(a.allSteps()).isEqualTo(5);
    assertThat(a.gaps())
        .containsExactly(
            new Coverage.Gap(
                Instant.parse("2026-11-20T02:00:00Z"), Instant.parse("2026-11-20T05:00:00Z")));
    assertThat(coverage.agencies().get(1).isBlind()).isTrue();
    assertThat(coverage.sources()).extracting(Coverage.Source::host).containsExactly("h1");
    assertThat(ground.hunt(rule("Never: x")).coverage().blind()).containsExactly(ID);
  }

  @Test
  void a_rule_is_compared_with_what_it_was_before() {
    ground.add("a", List.of(json("Name", "x"), json("Name", "y"), json("Name", "xy")));
    var target =
        new HuntTarget.Rules(
            rule("Name|endswith: y"),
            RuleSettings.standard(),
            Optional.of(rule("Name|startswith: x")));
    var compared = ground.hunt(target, Scope.national()).comparison().orElseThrow();

    assertThat(compared.before()).isEqualTo(2);
    assertThat(compared.gained()).isEqualTo(1);
    assertThat(compared.lost()).isEqualTo(1);
    assertThat(compared.gainedHits()).extracting(hit -> hit.event().sequence()).containsExactly(1L);
    assertThat(compared.lostHits()).extracting(hit -> hit.event().sequence()).containsExactly(0L);
  }

  @Test
  void a_hunt_ends_where_its_asker_leaves() {
    ground.add("a", List.of(json("Name", "x")));
    var asked = new AtomicInteger();
    var asker = new Asker(Asker.named("ana").who(), false, () -> asked.incrementAndGet() > 0);
    var progress = new HuntProgress();
    var slow = new HuntOrder(slowly(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE, MINUTE);

    assertThatThrownBy(() -> ground.hunter.hunt(asker, "slow", slow, progress))
        .isInstanceOf(Cancelled.class);
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);

  // So many rules that asking for them takes longer than a look at who waits.
  private static HuntTarget slowly() {
    var yaml = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      yaml.append(
          """
          title: r
          id: 11111111-1111-4111-8111-%012d
          logsource: {product: home}
          detection:
            sel: {Name|contains: [a%d, b%d, c%d, d%d]}
            condition: sel
          ---
          """
              .formatted(i, i, i, i, i));
    }
    return new HuntTarget.Rules(
        Rules.book(yaml.toString()), RuleSettings.standard(), Optional.empty());
  }

  @Test
  void one_whose_time_is_over_tells_what_it_has_and_that_there_may_be_more() {
    ground.add("a", List.of(json("Name", "x")));
    var order =
        new HuntOrder(
            new HuntTarget.Rules(rule("Name: x"), RuleSettings.standard(), Optional.empty()),
            Scope.national(),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Duration.ofNanos(1));

    try {
      var result = ground.hunter.hunt(Asker.named("ana"), "late", order, new HuntProgress());
      assertThat(result.isWhole()).isFalse();
      assertThat(result.shortfalls()).contains(HuntResult.Shortfall.TIME);
    } catch (mo.farol.search.Busy e) {
      assertThat(e).hasMessageNotContaining("null"); // its turn did not come in a nanosecond
    }
  }
}
