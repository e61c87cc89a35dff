package mo.farol.event;

import java.util.function.IntPredicate;

/**
 * Texts of senders as people may be shown them: characters that act instead of being seen, control
 * characters, those that change the direction of writing and ends of lines that are none to Java
 * ({@code U+2028}, {@code U+2029}), become escapes as Java writes them.
 */
public final class Printable {
  private Printable() {}

  /** On one line: ends of lines are escaped too. */
  public static String line(String text) {
    return escaped(text, Printable::acts);
  }

  /** On as many lines as it has; they and tabs stay. */
  public static String text(String text) {
    return escaped(text, c -> acts(c) && !isSpace(c));
  }

  /** A character of {@link #text}. */
  public static void append(int c, StringBuilder out) {
    append(c, acts(c) && !isSpace(c), out);
  }

  private static String escaped(String text, IntPredicate which) {
    var shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(c, which.test(c), shown));
    return shown.toString();
  }

  private static void append(int c, boolean isEscaped, StringBuilder out) {
    if (isEscaped) {
      out.append("\\u%04x".formatted(c));
    } else {
      out.appendCodePoint(c);
    }
  }

  private static boolean acts(int c) {
    return Character.isISOControl(c)
        || switch (Character.getType(c)) {
          case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
          default -> false;
        };
  }

  private static boolean isSpace(int c) {
    return c == '\n' || c == '\t';
  }
}
