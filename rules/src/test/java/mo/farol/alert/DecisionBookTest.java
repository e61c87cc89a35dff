package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.Test;

class DecisionBookTest {
  private static final String GOOD =
      """
      package decide.good;
      import mo.farol.alert.DetectionFact;
      global mo.farol.alert.Desk desk;
      rule "good"
      when
        $d : DetectionFact(atLeast("high"))
      then
        desk.alert(drools).because($d).raise();
      end
      """;

  @Test
  void a_file_with_a_syntax_error_is_left_out_with_its_line_and_the_others_go_on() {
    var book =
        DecisionBook.compile(
            Map.of(
                "good.drl",
                GOOD,
                "bad.drl",
                GOOD.replace("\"high\"))", "\"high\")").replace("good", "bad")));

    assertThat(book.rules()).extracting(rule -> rule.id()).containsExactly("good");
    assertThat(book.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.file()).isEqualTo("bad.drl");
              assertThat(fault.line()).isBetween(6, 7);
              assertThat(fault.toString()).doesNotContain("\n").startsWith("bad.drl:");
            });
  }

  @Test
  void an_unknown_field_or_deed_names_the_line_it_stands_on() {
    var condition =
        DecisionBook.compile(Map.of("a.drl", GOOD.replace("atLeast(\"high\")", "gravity == 3")));
    var deed = DecisionBook.compile(Map.of("a.drl", GOOD.replace(".raise()", ".shout()")));

    assertThat(condition.faults()).extracting(DrlFault::line).containsExactly(6);
    assertThat(deed.faults()).extracting(DrlFault::line).containsExactly(8);
    assertThat(deed.faults().getFirst().message()).contains("shout");
  }

  @Test
  void a_rule_carries_the_version_of_its_file() {
    var before = DecisionBook.compile(Map.of("a.drl", GOOD)).rules().getFirst();
    var after = DecisionBook.compile(Map.of("a.drl", GOOD + "// changed\n")).rules().getFirst();

    assertThat(before.version()).hasSize(12).isNotEqualTo(after.version());
  }

  @Test
  void the_shipped_files_were_compiled_by_the_build_and_one_that_was_changed_is_compiled_anew() {
    var shipped = new TreeMap<>(Shipped.decisions());
    assertThat(Precompiled.take(shipped)).hasSize(9);
    assertThat(shipped).isEmpty();

    var changed = new TreeMap<>(Shipped.decisions());
    changed.computeIfPresent("campaign.drl", (_, text) -> text + "// ours\n");
    changed.put("more.drl", GOOD.replace("decide.good", "decide.login"));
    var book = DecisionBook.compile(changed);
    assertThat(Precompiled.take(changed)).hasSize(7);
    assertThat(changed).containsOnlyKeys("campaign.drl", "login.drl", "more.drl");
    assertThat(book.faults()).isEmpty();
    assertThat(book.rules())
        .extracting(RuleRef::id)
        .contains("campaign-technique", "guessed-login", "good", "threshold");
  }
}
