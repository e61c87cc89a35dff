package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Random;
import mo.farol.sigma.Fold;
import org.junit.jupiter.api.Test;

class RegexLiteralsTest {
  private static List<String> literals(String regex) {
    return switch (RegexLiterals.shape(Pattern.compile(regex))) {
      case Shape.Inside(var some) -> some;
      case Shape.Free _, Shape.Exact _, Shape.Prefix _, Shape.Suffix _ -> List.of();
    };
  }

  @Test
  void the_longest_run_of_plain_characters_is_needed() {
    assertThat(literals("ab.*CDEF\\.g[0-9]+h")).containsExactly("cdef.g");
  }

  @Test
  void of_an_alternation_every_branch_is_needed() {
    assertThat(literals("x?(?:foo|ba[rz])\\d")).containsExactly("foo", "bar", "baz");
  }

  @Test
  void what_may_be_absent_is_not_needed() {
    assertThat(literals("(abc)*d?e{0,2}")).isEmpty();
    assertThat(literals("(abc)+d?")).containsExactly("abc");
    assertThat(literals("abc|.*")).isEmpty();
  }

  @Test
  void a_part_that_stands_so_many_times_is_needed_as_often() {
    assertThat(literals("a+\\.[ \"]{1}")).containsExactly(". ", ".\"");
    assertThat(literals("x(ab){2}y")).containsExactly("xababy");
    assertThat(literals("x(ab){2,5}y")).containsExactly("ab");
  }

  @Test
  void without_case_k_and_s_are_left_out_for_kelvin_and_long_s() {
    assertThat(literals("(?i)tasks-here")).containsExactly("-here");
    assertThat(literals("(?i:x)Tasks")).containsExactly("xtasks");
  }

  @Test
  void what_is_not_understood_needs_nothing() {
    assertThat(literals("\\pLabc")).isEmpty();
    assertThat(literals("\\x41bcd")).isEmpty();
  }

  @Test
  void whatever_an_expression_finds_holds_one_of_its_literals() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("regular expressions at random: -Dfarol.seed=" + seed);
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String regex = (random.nextInt(3) == 0 ? "(?i)" : "") + regex(random, 3);
      var literals = literals(regex);
      String text = text(random);
      if (!literals.isEmpty() && Pattern.compile(regex).matcher(text).find()) {
        String folded = Fold.text(text);
        assertThat(literals).as("%s on %s", regex, text).anyMatch(folded::contains);
      }
    }
  }

  private static String regex(Random random, int depth) {
    var regex = new StringBuilder();
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      regex.append(
          switch (random.nextInt(depth > 0 ? 10 : 5)) {
            case 0 -> ".";
            case 1 -> "[ab]";
            case 2 -> "[^a]";
            case 3, 4 -> text(random).substring(0, 1 + random.nextInt(2));
            case 5 -> "(" + regex(random, depth - 1) + "|" + regex(random, depth - 1) + ")";
            case 6 -> "(?:" + regex(random, depth - 1) + ")?";
            case 7 -> "(" + regex(random, depth - 1) + "){1,2}";
            case 8 -> "(" + regex(random, depth - 1) + "){" + (1 + random.nextInt(3)) + "}";
            default -> "(?i:" + regex(random, depth - 1) + ")*";
          });
    }
    return regex.toString();
  }

  private static String text(Random random) {
    String letters = "abkKsA\u212a\u017f";
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
