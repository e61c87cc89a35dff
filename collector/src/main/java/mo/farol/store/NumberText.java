package mo.farol.store;

/** Which texts are numbers: the index, a range and a condition of a stage agree on it. */
public final class NumberText {
  /** Characters of the longest. */
  static final int LONGEST = 32;

  private NumberText() {}

  /** Digits with an optional sign and fraction; no exponent, which could be made to cost much. */
  public static boolean isNumber(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    int digits = 0;
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.') {
        points++;
      } else if (c != '-' || i > 0) {
        return false;
      }
    }
    return digits > 0 && points <= 1;
  }
}
