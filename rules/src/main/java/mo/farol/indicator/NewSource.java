package mo.farol.indicator;

import java.util.Optional;
import java.util.Set;

/**
 * A list to be added to a centre's indicators.
 *
 * @param name for people; no other source has it
 * @param format empty to guess
 * @param confidence 0 to 100, where its entries give none
 * @param expiryDays their term where they give none; empty for none
 * @param agencies whose events they count for; empty for everybody's
 * @param by who adds it
 */
public record NewSource(
    String name,
    Optional<Format> format,
    Tlp tlp,
    int confidence,
    Optional<Integer> expiryDays,
    Set<String> agencies,
    String by) {
  private static final int LONGEST = 80;

  public NewSource {
    agencies = Set.copyOf(agencies);
    if (name.isBlank()
        || name.length() > LONGEST
        || name.chars().anyMatch(c -> c < ' ' || c == '/')) {
      throw new IndicatorFault(
          "a source has a name of 1 to " + LONGEST + " characters, none of them /");
    }
    if (confidence < 0 || confidence > 100) {
      throw new IndicatorFault("confidence is 0 to 100, not " + confidence);
    }
    if (expiryDays.filter(d -> d < 1 || d > SourcesFile.LONGEST_TERM).isPresent()) {
      throw new IndicatorFault("a term is 1 to " + SourcesFile.LONGEST_TERM + " days");
    }
  }
}
