package mo.farol.alert;

import java.util.List;
import java.util.Map;

/**
 * What the rule book says about one rule, for the desk.
 *
 * @param tags as the rule file has them
 * @param fact whether every detection of it reaches the decision rules, whatever its level
 * @param quiet whether it only feeds a correlation and may not raise an alert of its own
 * @param threshold words for what it counts, such as {@code at least 10 events in 5 min}; empty
 *     when it counts nothing
 * @param counts the same as data, by names of {@link WhyFields}
 */
public record RuleCard(
    List<String> tags, boolean fact, boolean quiet, String threshold, Map<String, String> counts) {
  /** Of a rule that nothing is known about. */
  public static final RuleCard BLANK = new RuleCard(List.of(), false, false, "");

  public RuleCard {
    tags = List.copyOf(tags);
  }

  /** Without what it counts as data. */
  public RuleCard(List<String> tags, boolean fact, boolean quiet, String threshold) {
    this(tags, fact, quiet, threshold, Map.of());
  }

  /** Whether the rule carries the tag {@code farol.MEANING}. */
  public boolean means(String meaning) {
    for (String tag : tags) {
      if (tag.startsWith("farol.")
          && tag.endsWith(meaning)
          && tag.length() == 6 + meaning.length()) {
        return true;
      }
    }
    return false;
  }
}
