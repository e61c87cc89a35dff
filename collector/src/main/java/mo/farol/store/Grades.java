package mo.farol.store;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mo.farol.event.Severity;

/**
 * Severities in a query: words, where a greater one is graver ({@code severity:>=warning}), or
 * syslog codes, where a smaller one is ({@code severity:[0 TO 3]}).
 */
final class Grades {
  private static final Map<String, Severity> SHORT =
      Map.of(
          "emerg", Severity.EMERGENCY,
          "panic", Severity.EMERGENCY,
          "crit", Severity.CRITICAL,
          "err", Severity.ERROR,
          "warn", Severity.WARNING,
          "info", Severity.INFORMATIONAL);

  private Grades() {}

  static Set<Severity> between(String from, boolean withFrom, String to, boolean withTo) {
    boolean codes = NumberText.isNumber(from.isEmpty() ? to : from);
    int low = from.isEmpty() ? -1 : place(from, codes);
    int high = to.isEmpty() ? Severity.values().length : place(to, codes);
    var found = EnumSet.noneOf(Severity.class);
    for (var severity : Severity.values()) {
      int here = codes ? severity.code() : 7 - severity.code();
      boolean above = withFrom ? here >= low : here > low;
      boolean below = withTo ? here <= high : here < high;
      if (above && below) {
        found.add(severity);
      }
    }
    return found;
  }

  /** Whether a text names one severity by a word. */
  static boolean isOne(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return SHORT.containsKey(word)
        || Arrays.stream(Severity.values()).anyMatch(severity -> severity.word().equals(word));
  }

  private static int place(String text, boolean codes) {
    if (codes && text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '7') {
      return text.charAt(0) - '0';
    }
    if (codes && isOne(text)) {
      throw new IllegalArgumentException(
          "a range of severities has two codes or two words: codes count the other way");
    }
    return 7 - of(text).code();
  }

  private static Severity of(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    var named = SHORT.get(word);
    if (named != null) {
      return named;
    }
    for (var severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no severity; write emergency, alert, critical, error, warning, notice, informational, debug or a code from 0 to 7"
            .formatted(text));
  }
}
