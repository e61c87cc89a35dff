package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;

/**
 * A word, text, figure or sign of a DRL file, with its line from 1.
 *
 * @param text as written; of a text in quotes what is between them
 */
record DrlToken(Kind kind, String text, int line) {
  /** What it is. */
  enum Kind {
    WORD,
    TEXT,
    FIGURE,
    SIGN
  }

  private static final int LONGEST = 256 * 1024;
  private static final int DEEPEST = 30;

  boolean is(String sign) {
    return (kind == Kind.SIGN || kind == Kind.WORD) && text.equals(sign);
  }

  /**
   * The tokens of a file, without its comments. What another reader after us might take for
   * something else is refused: escapes of letters, odd quotes, controls, foreign letters in names.
   *
   * @throws DrlRefusal with the line
   */
  static List<DrlToken> of(String drl) {
    if (drl.length() > LONGEST) {
      throw new DrlRefusal(1, "the file is longer than 256 KiB; make several of it");
    }
    var reader = new Reader(drl);
    while (reader.next()) {
      // each step adds what it read
    }
    return reader.tokens;
  }

  private static final class Reader {
    private final String drl;
    private final List<DrlToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int depth;

    Reader(String drl) {
      this.drl = drl;
    }

    boolean next() {
      if (at >= drl.length()) {
        return false;
      }
      char c = drl.charAt(at);
      if (c == '/' && (peek() == '/' || peek() == '*')) {
        comment(peek() == '*');
      } else if (c == '"') {
        text();
      } else if (isLetter(c)) {
        run(DrlToken.Kind.WORD);
      } else if (c >= '0' && c <= '9') {
        run(DrlToken.Kind.FIGURE);
      } else {
        sign(step());
      }
      return true;
    }

    private char peek() {
      return at + 1 < drl.length() ? drl.charAt(at + 1) : 0;
    }

    // One character further; lines are counted, and what nobody should write is refused.
    private char step() {
      char c = drl.charAt(at++);
      if (c == '\\' && at < drl.length() && drl.charAt(at) == 'u') {
        throw new DrlRefusal(line, "letters are written as they are, not as \\u and a number");
      }
      if (c == '\r' && (at >= drl.length() || drl.charAt(at) != '\n')) {
        throw new DrlRefusal(line, "a line ends with a line feed");
      }
      if (isHidden(c)) {
        throw new DrlRefusal(line, "a hidden character (U+%04X)".formatted((int) c));
      }
      if (c == '\n') {
        line++;
      }
      return c;
    }

    private void comment(boolean block) {
      int from = line;
      at += 2;
      while (at < drl.length()) {
        char c = step();
        if (!block && c == '\n') {
          return;
        }
        if (block && c == '*' && at < drl.length() && drl.charAt(at) == '/') {
          at++;
          return;
        }
      }
      if (block) {
        throw new DrlRefusal(from, "a comment without an end");
      }
    }

    private void text() {
      int from = ++at;
      while (at < drl.length()) {
        char c = step();
        if (c == '\n') {
          throw new DrlRefusal(line - 1, "a text without an end");
        }
        if (c == '\\' && (at >= drl.length() || "\\\"nt".indexOf(drl.charAt(at++)) < 0)) {
          throw new DrlRefusal(line, "in a text only \\\\, \\\", \\n and \\t are known");
        }
        if (c == '"') {
          add(DrlToken.Kind.TEXT, drl.substring(from, at - 1));
          if (at < drl.length() && drl.charAt(at) == '"') {
            throw new DrlRefusal(line, "two texts without anything between them");
          }
          return;
        }
      }
      throw new DrlRefusal(line, "a text without an end");
    }

    private void run(DrlToken.Kind kind) {
      int from = at;
      while (at < drl.length()
          && (isLetter(drl.charAt(at)) || drl.charAt(at) >= '0' && drl.charAt(at) <= '9')) {
        at++;
      }
      add(kind, drl.substring(from, at));
    }

    private void sign(char c) {
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        return;
      }
      if ("(){}[]".indexOf(c) >= 0) {
        depth += "([{".indexOf(c) >= 0 ? 1 : -1;
        if (depth > DEEPEST) {
          throw new DrlRefusal(line, "more than 30 brackets inside each other");
        }
      }
      if ("(){}[].,;:!=<>&|+-*%".indexOf(c) < 0) {
        throw new DrlRefusal(line, reason(c));
      }
      add(DrlToken.Kind.SIGN, String.valueOf(c));
    }

    private static String reason(char c) {
      return switch (c) {
        case '\'' -> "a text stands in double quotes";
        case '@' -> "annotations are not for decision rules";
        case '#' -> "casts and comments with # are not for decision rules";
        case '/' -> "paths and divisions are not for decision rules";
        case '?' -> "choices with ? are not for decision rules; write if";
        default -> "'" + Bounded.text(String.valueOf(c), 4) + "' is not for decision rules";
      };
    }

    private void add(DrlToken.Kind kind, String text) {
      tokens.add(new DrlToken(kind, text, line));
    }

    private static boolean isLetter(char c) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }

    private static boolean isHidden(char c) {
      return c < ' ' && c != '\n' && c != '\r' && c != '\t'
          || c >= 0x7f && c < 0xa0
          || Character.getType(c) == Character.FORMAT
          || c == '\u2028'
          || c == '\u2029';
    }
  }
}
