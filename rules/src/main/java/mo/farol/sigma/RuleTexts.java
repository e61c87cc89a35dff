package mo.farol.sigma;

import java.nio.file.Path;
import java.util.Map;

/**
 * Texts of rules beside those that lie in folders.
 *
 * @param instead read in place of what these files hold; a file below a folder need not be there
 * @param shadows read as rules in shadow, by the name that refusals call them
 * @param alone whether nothing is read but these texts, whatever the folders hold by now
 */
public record RuleTexts(Map<Path, String> instead, Map<Path, String> shadows, boolean alone) {
  /** None. */
  public static final RuleTexts NONE = new RuleTexts(Map.of(), Map.of());

  public RuleTexts {
    instead = Map.copyOf(instead);
    shadows = Map.copyOf(shadows);
  }

  /** Beside what the folders hold. */
  public RuleTexts(Map<Path, String> instead, Map<Path, String> shadows) {
    this(instead, shadows, false);
  }

  /** The same with others in place of files. */
  public RuleTexts instead(Map<Path, String> others) {
    return new RuleTexts(others, shadows, alone);
  }
}
