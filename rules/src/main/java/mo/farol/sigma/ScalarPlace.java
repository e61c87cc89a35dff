package mo.farol.sigma;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where a character of a YAML scalar's value stands in its file. Quotes, escapes and folded lines
 * move it away from where the scalar starts: YAML 1.1, chapter 9. Characters are counted without
 * white space, which folding changes.
 *
 * @param line from 1
 * @param column from 1
 */
record ScalarPlace(int line, int column) {
  /**
   * The place of a character.
   *
   * @param text the whole file
   * @param at index in the value; its length means the end
   */
  static ScalarPlace of(String text, ScalarNode scalar, int at) {
    int[] source = text.codePoints().toArray();
    int wanted = inked(scalar.getValue().substring(0, Math.min(at, scalar.getValue().length())));
    boolean end = at >= scalar.getValue().length();
    var walk = new Walk(source, scalar);
    for (int seen = 0; walk.toNext(); seen++) {
      if (seen == wanted || (end && seen == wanted - 1)) {
        return place(source, end ? walk.at + 1 : walk.at);
      }
      walk.over();
    }
    return place(source, scalar.getStartMark().getIndex());
  }

  private static int inked(String text) {
    return (int) text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
  }

  private static ScalarPlace place(int[] source, int index) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < Math.min(index, source.length); i++) {
      boolean ends = source[i] == '\n' || (source[i] == '\r' && !isAt(source, i + 1, '\n'));
      if (ends) {
        line++;
        start = i + 1;
      }
    }
    return new ScalarPlace(line, index - start + 1);
  }

  private static boolean isAt(int[] source, int i, int c) {
    return i < source.length && source[i] == c;
  }

  /** Goes from one character that is no white space to the next. */
  private static final class Walk {
    private final int[] source;
    private final ScalarStyle style;
    private final int end;
    private int at;

    Walk(int[] source, ScalarNode scalar) {
      this.source = source;
      style = scalar.getScalarStyle();
      end = Math.min(source.length, scalar.getEndMark().getIndex());
      at = Math.min(source.length, scalar.getStartMark().getIndex());
      switch (style) {
        case LITERAL, FOLDED -> skipHeader();
        case SINGLE_QUOTED, DOUBLE_QUOTED -> at++;
        case PLAIN, JSON_SCALAR_STYLE -> {}
      }
    }

    private void skipHeader() {
      while (at < end && source[at] != '\n') {
        at++;
      }
    }

    boolean toNext() {
      while (at < end && isBlank()) {
        at += isEscape() ? escape() : 1;
      }
      return at < end;
    }

    void over() {
      boolean doubled =
          style == ScalarStyle.SINGLE_QUOTED && source[at] == '\'' && isAt(source, at + 1, '\'');
      at += isEscape() ? escape() : doubled ? 2 : 1;
    }

    private boolean isEscape() {
      return style == ScalarStyle.DOUBLE_QUOTED && source[at] == '\\' && at + 1 < end;
    }

    private boolean isBlank() {
      return isEscape()
          ? " \tntrNL_P\r\n".indexOf(source[at + 1]) >= 0
          : Character.isWhitespace(source[at]);
    }

    private int escape() {
      return switch (source[at + 1]) {
        case 'x' -> 4;
        case 'u' -> 6;
        case 'U' -> 10;
        default -> 2;
      };
    }
  }
}
