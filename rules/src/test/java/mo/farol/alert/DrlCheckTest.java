package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrlCheckTest {
  private static final String HEAD =
      """
      package decide.x;
      import mo.farol.alert.DetectionFact;
      global mo.farol.alert.Desk desk;
      """
          .strip();
  private static final String WHEN = "$d : DetectionFact(atLeast(\"high\"))";
  private static final String THEN = "desk.alert(drools).because($d).raise(); end";

  record Case(int line, String words, String drl) {
    @Override
    public String toString() {
      return words + ": " + drl.lines().skip(3).reduce("", (a, b) -> a + b.strip() + " ");
    }
  }

  static List<Case> hostile() throws IOException {
    try (var in = DrlCheckTest.class.getResourceAsStream("hostile.txt")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var cases = new ArrayList<Case>();
      for (String part : text.substring(text.indexOf("\n===") + 1).split("(?m)^=== ", -1)) {
        if (part.isBlank()) {
          continue;
        }
        String head = part.lines().findFirst().orElseThrow();
        int blank = head.indexOf(' ');
        cases.add(
            new Case(
                Integer.parseInt(head.substring(0, blank)),
                head.substring(blank + 1),
                part.substring(head.length() + 1)
                    .replace("HEAD", HEAD)
                    .replace("WHEN", WHEN)
                    .replace("THEN", THEN)));
      }
      return cases;
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_file_is_refused_before_it_is_compiled_with_its_line_and_the_reason(Case hostile) {
    assertThat(DrlCheck.faults("own.drl", hostile.drl()))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.message()).contains(hostile.words()).doesNotContain("\n");
              assertThat(fault.line()).isEqualTo(hostile.line());
            });
  }

  @Test
  void there_are_many_hostile_files() throws IOException {
    assertThat(hostile()).hasSizeGreaterThan(45);
  }

  @Test
  void a_refused_file_is_left_out_and_the_others_are_in_force() {
    String good = HEAD + "\nrule \"good\" when " + WHEN + " then " + THEN;
    String bad = good.replace("good", "bad").replace("decide.x", "decide.y");
    var book =
        DecisionBook.compile(
            Map.of("good.drl", good, "bad.drl", bad.replace("then", "then System.exit(1);")));

    assertThat(book.rules()).extracting(r -> r.id()).containsExactly("good");
    assertThat(book.faults())
        .extracting(DrlFault::toString)
        .singleElement()
        .asString()
        .startsWith("bad.drl:4: 'System'");
  }

  @Test
  void the_shipped_files_pass_the_same_check() {
    var faults = new ArrayList<DrlFault>();
    assertThat(DrlCheck.allowed(Shipped.decisions(), faults)).hasSizeGreaterThan(5);
    assertThat(faults).isEmpty();
  }

  @Test
  void texts_may_say_anything_and_names_hold_results() {
    String drl =
        HEAD
            + """

            rule "talks"
            when
              $d : DetectionFact(atLeast("low"), host str[startsWith] "db", !quiet)
              not DetectionFact(host == $d.host, this after[0s, 5m] $d)
              accumulate(DetectionFact(user == $d.user); $n : count(1); $n > 2)
            then
              String $who = "eval(System) // while \\"" + $d.user() + "\\"";
              if ($d.host().isEmpty() || !$d.atLeast("medium")) {
                desk.alert(drools).title($who).because($d).raise();
              } else {
                desk.alert(drools).title("other: " + Math.max(1, 2)).because($d).raise();
              }
            end
            """;
    var book = DecisionBook.compile(Map.of("own.drl", drl));
    assertThat(book.faults()).isEmpty();
    assertThat(book.rules()).extracting(r -> r.id()).containsExactly("talks");
  }
}
