package mo.farol.match;

import com.google.re2j.Pattern;

/** Text that must stand in whatever a regular expression finds. */
final class RegexLiterals {
  private RegexLiterals() {}

  /** The literals of an expression as something to look for. */
  static Shape shape(Pattern pattern) {
    return new Shape.Free();
  }
}
