package mo.farol.indicator;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A list to be added to a centre's indicators.
 *
 * @param name for people; no other source has it
 * @param format empty to guess
 * @param confidence 0 to 100, where its entries give none
 * @param expiryDays their term where they give none; empty for none
 * @param agencies whose events they count for; empty for everybody's
 * @param by who adds it
 * @param owner the agency whose people may remove it and whose room it takes; empty for the centre
 */
public record NewSource(
    String name,
    Optional<Format> format,
    Tlp tlp,
    int confidence,
    Optional<Integer> expiryDays,
    Set<String> agencies,
    String by,
    Optional<String> owner) {
  private static final int LONGEST = 80;

  public NewSource {
    agencies = Set.copyOf(agencies);
    if (!isWord(name) || name.contains("/")) {
      throw new IndicatorFault(
          "a source has a name of 1 to "
              + LONGEST
              + " characters that can be seen, none of them /");
    }
    if (!Stream.of(agencies, owner.stream().toList())
        .flatMap(Collection::stream)
        .allMatch(NewSource::isWord)) {
      throw new IndicatorFault("agencies are ids such as health, water");
    }
    if (confidence < 0 || confidence > 100) {
      throw new IndicatorFault("confidence is 0 to 100, not " + confidence);
    }
    if (expiryDays.filter(d -> d < 1 || d > SourcesFile.LONGEST_TERM).isPresent()) {
      throw new IndicatorFault("a term is 1 to " + SourcesFile.LONGEST_TERM + " days");
    }
  }

  /** One of the centre's. */
  public NewSource(
      String name,
      Optional<Format> format,
      Tlp tlp,
      int confidence,
      Optional<Integer> expiryDays,
      Set<String> agencies,
      String by) {
    this(name, format, tlp, confidence, expiryDays, agencies, by, Optional.empty());
  }

  private static boolean isWord(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST
        && text.codePoints().allMatch(NewSource::canBeSeen);
  }

  private static boolean canBeSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
