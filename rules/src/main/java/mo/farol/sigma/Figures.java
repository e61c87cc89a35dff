package mo.farol.sigma;

import java.math.BigDecimal;
import java.math.MathContext;

/** Figures that are compared with the bounds of a correlation. */
public final class Figures {
  private static final MathContext DIGITS = new MathContext(15);
  private static final double WHOLE = 1L << 53; // every whole number up to here has a double
  private static final int LONGEST = 64;

  private Figures() {}

  /**
   * Reads the number in a field: digits with sign, point and exponent as JSON has them. Gives NaN
   * for anything else, several values joined together among it.
   */
  public static double read(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Double.NaN;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && ".+-eE".indexOf(c) < 0) {
        return Double.NaN;
      }
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isInfinite(number) ? Double.NaN : number + 0.0;
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /** A figure to 15 significant digits, so that 0.1 and 0.2 add up to 0.3. */
  static double rounded(double figure) {
    if (figure == Math.rint(figure) && Math.abs(figure) <= WHOLE || !Double.isFinite(figure)) {
      return figure + 0.0;
    }
    return new BigDecimal(figure).round(DIGITS).doubleValue();
  }

  /** A figure as people write it: no exponent, no empty decimals. */
  public static String text(double figure) {
    if (!Double.isFinite(figure)) {
      return Double.toString(figure);
    }
    if (figure == 0) {
      return "0";
    }
    return new BigDecimal(figure).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
