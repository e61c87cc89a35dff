package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegexRunTest {
  private static boolean stands(String regex, String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return RegexRun.of(Pattern.compile(regex)).orElseThrow().standsIn(b, 0, b.length);
  }

  @Test
  void a_run_is_found_wherever_it_stands() {
    String regex = "\\s[a-f0-9]{8}\\s";
    assertThat(stands(regex, "x 0123abcd y")).isTrue();
    assertThat(stands(regex, "0123abcd")).isTrue();
    assertThat(stands(regex, "x 0123abc y 0123abc")).isFalse();
    assertThat(stands(regex, "0123abc")).isFalse();
    assertThat(stands(regex, "0123\u00e7bcd")).isFalse();
    assertThat(stands("[a-f0-9]{10,}x", "zz0123456789")).isTrue();
  }

  @Test
  void what_may_be_absent_or_is_not_understood_has_no_run() {
    for (String regex :
        List.of(
            "[a-f]{64}|b",
            "(?i)[a-f]{64}",
            "([a-f]{64})?",
            "[^a-f]{64}",
            "[\\d]{64}",
            "[[:alpha:]]{64}",
            "[à-é]{64}",
            "[a-f]{0,64}",
            "[a-f]{64}*",
            "[a-f]+",
            "\\[a-f]{64}")) {
      boolean legal = !regex.endsWith("}*");
      if (legal) {
        assertThat(RegexRun.of(Pattern.compile(regex))).as(regex).isEmpty();
      }
    }
  }

  @Test
  void whatever_an_expression_finds_holds_its_run() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("runs at random: -Dfarol.seed=" + seed);
    var random = new Random(seed);
    var parts =
        List.of("[ab]{8}", "[a-c]{8,12}", "[bc-]{9}", "c", "(a|b)", "[abc]?", ".", "(c[ab]{8})*");
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      var regex = new StringBuilder();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        regex.append(parts.get(random.nextInt(parts.size())));
      }
      var pattern = Pattern.compile(regex.toString());
      var text = new StringBuilder();
      for (int n = 0; n < 40; n++) {
        text.append("aaaaabbbbc-x".charAt(random.nextInt(12)));
      }
      byte[] b = text.toString().getBytes(StandardCharsets.UTF_8);
      if (pattern.matcher(text.toString()).find()) {
        found++;
        RegexRun.of(pattern)
            .ifPresent(
                run -> assertThat(run.standsIn(b, 0, b.length)).as(regex + " on " + text).isTrue());
      }
    }
    assertThat(found).isGreaterThan(1_000);
  }
}
