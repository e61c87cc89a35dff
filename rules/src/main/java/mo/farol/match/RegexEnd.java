package mo.farol.match;

import com.google.re2j.Pattern;

/**
 * Where {@code $} stands: Sigma's expressions are PCRE's, whose {@code $} also stands before a line
 * end that is the last character; RE2's only at the very end.
 */
final class RegexEnd {
  private RegexEnd() {}

  /** Whether a value that ends with a line end is to be tried without it as well. */
  static boolean mayStandBefore(Pattern pattern) {
    String regex = pattern.pattern();
    return regex.indexOf('$') >= 0 && !regex.contains("\\z");
  }
}
