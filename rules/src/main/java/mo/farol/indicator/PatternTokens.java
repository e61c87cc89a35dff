package mo.farol.indicator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A STIX pattern cut into tokens (STIX 2.1 section 9.2 and its grammar). */
final class PatternTokens {
  static final int LONGEST = 100_000;

  /** What a token is. */
  enum Type {
    WORD,
    STRING,
    NUMBER,
    /** A time, hexadecimal or binary literal. */
    TYPED,
    SYMBOL,
    END
  }

  /**
   * One token.
   *
   * @param text of a string: what it says
   * @param column from 1
   */
  record Token(Type type, String text, int column) {
    boolean is(String symbol) {
      return type == Type.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
      return type == Type.WORD && text.equals(word);
    }
  }

  private final String pattern;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private PatternTokens(String pattern) {
    this.pattern = pattern;
  }

  static List<Token> of(String pattern) throws PatternFault {
    if (pattern.length() > LONGEST) {
      throw new PatternFault(1, "a pattern longer than " + LONGEST + " characters is not read");
    }
    var cut = new PatternTokens(pattern);
    while (cut.skip()) {
      cut.tokens.add(cut.next());
    }
    cut.tokens.add(new Token(Type.END, "the end", pattern.length() + 1));
    return cut.tokens;
  }

  // White space and comments; false at the end.
  private boolean skip() throws PatternFault {
    while (at < pattern.length()) {
      if (Character.isWhitespace(pattern.charAt(at)) || pattern.charAt(at) == '\u00a0') {
        at++;
      } else if (pattern.startsWith("/*", at)) {
        int end = pattern.indexOf("*/", at);
        if (end < 0) {
          throw new PatternFault(at + 1, "a comment without an end");
        }
        at = end + 2;
      } else if (pattern.startsWith("//", at)) {
        int end = pattern.indexOf('\n', at);
        at = end < 0 ? pattern.length() : end;
      } else {
        return true;
      }
    }
    return false;
  }

  private Token next() throws PatternFault {
    int start = at;
    char c = pattern.charAt(at);
    boolean isTyped = (c == 't' || c == 'h' || c == 'b') && pattern.startsWith("'", at + 1);
    if (isTyped) {
      at++;
      return new Token(Type.TYPED, string(), start + 1);
    }
    if (c == '\'') {
      return new Token(Type.STRING, string(), start + 1);
    }
    if (isNameStart(c)) {
      return new Token(Type.WORD, run(PatternTokens::isNamePart), start + 1);
    }
    boolean isSigned = (c == '-' || c == '+') && start + 1 < pattern.length();
    if (isDigit(c) || isSigned && isDigit(pattern.charAt(start + 1))) {
      at++;
      return new Token(Type.NUMBER, c + run(d -> isDigit(d) || d == '.'), start + 1);
    }
    return new Token(Type.SYMBOL, symbol(), start + 1);
  }

  private String symbol() {
    for (String two : List.of("==", "!=", "<>", "<=", ">=")) {
      if (pattern.startsWith(two, at)) {
        at += 2;
        return two;
      }
    }
    return String.valueOf(pattern.charAt(at++));
  }

  private String string() throws PatternFault {
    int start = at++;
    var text = new StringBuilder();
    for (; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '\'') {
        at++;
        return text.toString();
      }
      if (c == '\\') {
        @Nullable String escaped = escaped();
        if (escaped == null) {
          throw new PatternFault(at + 1, "a backslash stands before ' or \\ only");
        }
        text.append(escaped);
        at++;
      } else {
        text.append(c);
      }
    }
    throw new PatternFault(start + 1, "a string without an end");
  }

  private @Nullable String escaped() {
    char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 0;
    return next == '\'' || next == '\\' ? String.valueOf(next) : null;
  }

  private interface Test {
    boolean fits(char c);
  }

  private String run(Test test) {
    int start = at;
    while (at < pattern.length() && test.fits(pattern.charAt(at))) {
      at++;
    }
    return pattern.substring(start, at);
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
