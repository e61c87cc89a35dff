package mo.farol.sigma;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Compiles expressions, bounded: they run in linear time (RE2), and none may be so large that
 * compiling or running it takes the room or the time of others.
 */
final class Regexes {
  private static final int LENGTH = 8_192;
  private static final int DEPTH = 60;
  private static final long SIZE = 30_000;

  private final String regex;
  private int at;

  private Regexes(String regex) {
    this.regex = regex;
  }

  static Pattern compile(String regex, int flags) {
    if (regex.length() > LENGTH) {
      throw new IllegalArgumentException(
          "the expression is longer than " + LENGTH + " characters; write several");
    }
    if (new Regexes(regex).size(0) > SIZE) {
      throw new IllegalArgumentException(
          "the expression repeats so much that it has more than " + SIZE + " steps");
    }
    try {
      return Pattern.compile(regex, flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "it is no expression of Sigma's, or can't be run in linear time: " + e.getDescription(),
          e);
    }
  }

  /** Steps of a group, counted generously, until its closing bracket. */
  private long size(int depth) {
    if (depth > DEPTH) {
      throw new IllegalArgumentException("the expression is nested deeper than " + DEPTH);
    }
    long sum = 0;
    while (at < regex.length() && regex.charAt(at) != ')') {
      sum = Math.min(SIZE + 1, sum + atom(depth) * times());
    }
    at++;
    return depth == 0 && at < regex.length() ? sum + size(0) : sum;
  }

  private long atom(int depth) {
    char c = regex.charAt(at++);
    if (c == '(') {
      return size(depth + 1);
    }
    if (c == '[') {
      int close = regex.indexOf(']', at + 1);
      at = close < 0 ? regex.length() : close + 1;
    } else if (c == '\\') {
      at = Math.min(regex.length(), at + 1);
    }
    return 1;
  }

  private long times() {
    if (at >= regex.length() || regex.charAt(at) != '{') {
      return 1;
    }
    int close = regex.indexOf('}', at);
    String bounds = close < 0 ? "" : regex.substring(at + 1, close);
    if (!bounds.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
      return 1;
    }
    at = close + 1;
    int comma = bounds.indexOf(',');
    String least = comma < 0 ? bounds : bounds.substring(0, comma);
    String most = comma < 0 ? "" : bounds.substring(comma + 1);
    return Math.max(Long.parseLong(least), most.isEmpty() ? 1 : Long.parseLong(most));
  }
}
