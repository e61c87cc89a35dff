package mo.farol.search;

import java.util.regex.Pattern;

/**
 * What other searches read as fuzziness, weight or a number, and that would silently find other
 * events here. Each is refused with what to write instead.
 */
final class OtherNotations {
  private static final Pattern EXPONENT =
      Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{0,30})?[eE][+-]?[0-9]{1,9}");

  /** Behind a word. A name such as {@code PROGRA~1} has none. */
  private static final Pattern TAIL =
      Pattern.compile("(?<=[\\p{Ll}\\p{Lo}])~[0-2]$|(?<=[\\p{L}\\p{N}*?])\\^[0-9]+(\\.[0-9]+)?$");

  private static final Pattern PHRASE_TAIL = Pattern.compile("[~^][0-9]+(\\.[0-9]+)?");

  private OtherNotations() {}

  /**
   * Refuses {@code roam~1} and {@code roam^2}.
   *
   * @param word as it was written
   * @param column where it began
   */
  static void refuseTail(CharSequence word, int column) {
    var tail = TAIL.matcher(word);
    if (tail.find()) {
      throw tailed(tail.group(), column + tail.start());
    }
  }

  /**
   * Refuses {@code "failed login"~5}.
   *
   * @param at where in the text the phrase ended
   */
  static void refusePhraseTail(String text, int at) {
    var tail = PHRASE_TAIL.matcher(text).region(at, text.length());
    if (tail.lookingAt()) {
      throw tailed(tail.group(), at + 1);
    }
  }

  /**
   * Refuses {@code 1e3} where less and more count: it is no number here, and as text compares
   * oddly.
   */
  static void refuseExponent(Scanner.Value.Plain value) {
    if (EXPONENT.matcher(value.pattern()).matches()) {
      throw new QueryFault(
          value.column(),
          "numbers have no exponent here: write 1000 instead of 1e3; '%s' in quotes is compared as"
                  .formatted(value.text())
              + " text");
    }
  }

  private static QueryFault tailed(String tail, int column) {
    String why =
        tail.startsWith("~")
            ? "words match as they are written, and * and ? stand for the rest"
            : "events stand by their time";
    return new QueryFault(
        column, "'%s' has no meaning here: %s; \\%s is the sign itself".formatted(tail, why, tail));
  }
}
