package mo.farol.search;

import java.util.regex.Pattern;

/**
 * Regular expressions as people write them, made what Lucene reads. It has no anchors, for it
 * matches whole values: {@code ^} and {@code $} at the ends say what is so in any case. What it
 * would silently take for something else is refused.
 */
final class Expressions {
  private static final String CLASSES = "dDsSwW";

  /** Characters of the widest range of which each is looked at. */
  private static final int WIDEST = 4_096;

  private static final int NONE = -1;
  private static final Pattern TIMES = Pattern.compile("\\{[0-9]+(,[0-9]*)?}");

  private final String text;
  private final int column;
  private final StringBuilder read = new StringBuilder();
  private boolean begins = true;
  private boolean hasAtom;
  private boolean isRepeated;
  private int depth;
  private int last = NONE;

  private Expressions(String text, int column) {
    this.text = text;
    this.column = column;
  }

  /**
   * What Lucene reads.
   *
   * @param column of the slash before it, for what is wrong
   */
  static String plain(String text, int column) {
    return new Expressions(text, column).whole();
  }

  private String whole() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean anchors = depth == 0 && (c == '^' && begins || c == '$' && ends(i + 1));
      begins = c == '|' || anchors && c == '^';
      if (anchors) {
        continue;
      }
      boolean wasRepeated = isRepeated;
      isRepeated = hasAtom && "?*+".indexOf(c) >= 0;
      hasAtom = c != '(' && c != '|';
      switch (c) {
        case '\\' -> i = escaped(i);
        case '[' -> i = bracketed(i);
        case '"' -> read.append("\\\""); // Lucene quotes with it
        case '^', '$' -> throw wrong(c);
        case '(' -> i = opened(i);
        case '{' -> i = times(i);
        case '?' -> {
          // Lazy or not is all the same where only whether a value matches counts.
          isRepeated &= !wasRepeated;
          read.append(wasRepeated ? "" : "?");
        }
        default -> {
          depth -= c == ')' ? 1 : 0;
          read.append(c);
        }
      }
    }
    return read.toString();
  }

  private boolean ends(int next) {
    return next == text.length() || text.charAt(next) == '|';
  }

  private int times(int at) {
    var times = TIMES.matcher(text).region(at, text.length());
    if (!times.lookingAt()) {
      read.append('{');
      return at;
    }
    isRepeated = true;
    read.append(times.group());
    return times.end() - 1;
  }

  private int opened(int at) {
    boolean isNameless = text.startsWith("(?:", at);
    if (text.startsWith("(?", at) && !isNameless) {
      throw fault("'(?' has no meaning here; letters match in either case already");
    }
    depth++;
    read.append('(');
    return isNameless ? at + 2 : at;
  }

  private int escaped(int at) {
    int next = at + 1;
    if (next == text.length()) {
      throw fault("a backslash stands before the character it makes plain");
    }
    char c = text.charAt(next);
    boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    if (isLetter && CLASSES.indexOf(c) < 0) {
      throw fault("'\\%s' has no meaning here; \\d, \\s and \\w have".formatted(c));
    }
    read.append('\\').append(c);
    return next;
  }

  // Up to the bracket that closes it.
  private int bracketed(int from) {
    int at = from + 1;
    read.append('[');
    if (text.startsWith("^", at)) {
      at++;
      read.append('^');
    }
    while (at < text.length() && text.charAt(at) != ']') {
      at = member(at);
      int low = last;
      if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
        read.append('-');
        at = member(at + 1);
      }
      lower(low, last);
    }
    if (at < text.length()) {
      read.append(']');
    }
    return at;
  }

  private int member(int from) {
    boolean isEscaped = text.charAt(from) == '\\';
    int at = isEscaped ? escaped(from) : from;
    last = text.codePointAt(at);
    if (!isEscaped) {
      read.appendCodePoint(last);
    } else if (CLASSES.indexOf(last) >= 0) {
      last = NONE;
    } else if (last > Character.MAX_VALUE) {
      read.append(text.charAt(at + 1));
    }
    return at + (last < 0 ? 1 : Character.charCount(last));
  }

  // Values are kept in lower case: those of a range, where they are not within it. A wider range
  // has nearly all of them.
  private void lower(int low, int high) {
    if (low < 0 || high - low > WIDEST) {
      return;
    }
    int first = NONE;
    int before = NONE;
    for (int point = low; point <= high; point++) {
      int other = Character.toLowerCase(point);
      if (other >= low && other <= high) {
        continue;
      }
      if (first >= 0 && other != before + 1) {
        range(first, before);
        first = NONE;
      }
      first = first < 0 ? other : first;
      before = other;
    }
    if (first >= 0) {
      range(first, before);
    }
  }

  private void range(int low, int high) {
    read.appendCodePoint(low);
    if (high > low) {
      read.append('-').appendCodePoint(high);
    }
  }

  private QueryFault wrong(char sign) {
    return fault(
        "'%s' may stand at the %s only, for whole values are matched; \\%s is the sign itself"
            .formatted(sign, sign == '^' ? "beginning" : "end", sign));
  }

  private QueryFault fault(String message) {
    return new QueryFault(column, message);
  }
}
