package mo.farol.match;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * A run of at least so many characters of one class, such as {@code [a-f0-9]{64}}, that stands in
 * whatever an expression finds. Looking for it takes fewer steps than the value has bytes, so the
 * expression is run where it may find something only.
 */
final class RegexRun {
  private static final int SHORTEST = 8;

  private final boolean[] members;
  private final int length;

  private RegexRun(boolean[] members, int length) {
    this.members = members;
    this.length = length;
  }

  /** The longest run of an expression, where it has one and nothing makes it doubtful. */
  static Optional<RegexRun> of(Pattern pattern) {
    String regex = pattern.pattern();
    boolean folds = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0 || regex.contains("(?");
    return folds ? Optional.empty() : new Reader(regex).longest();
  }

  /** Whether such a run stands in a slice. */
  boolean standsIn(byte[] b, int from, int to) {
    int end = from + length - 1; // where the run would end
    while (end < to) {
      int at = end;
      while (at > end - length && b[at] >= 0 && members[b[at]]) {
        at--;
      }
      if (at == end - length) {
        return true;
      }
      end = at + length; // no run holds this byte
    }
    return false;
  }

  /** Reads what stands side by side at the top of an expression. */
  private static final class Reader {
    private final String regex;
    private int at;
    private boolean sure = true;

    Reader(String regex) {
      this.regex = regex;
    }

    Optional<RegexRun> longest() {
      RegexRun longest = null;
      while (at < regex.length() && sure) {
        char c = regex.charAt(at);
        if (c == '[') {
          boolean[] members = members();
          int times = times();
          if (times >= SHORTEST && (longest == null || times > longest.length)) {
            longest = new RegexRun(members, times);
          }
        } else if (c == '(') {
          group();
        } else {
          sure &= c != '|' && c != ')';
          at += c == '\\' ? 2 : 1;
        }
      }
      return sure ? Optional.ofNullable(longest) : Optional.empty();
    }

    private void group() {
      int depth = 0;
      do {
        char c = at < regex.length() ? regex.charAt(at) : ')';
        if (c == '[') {
          members();
        } else {
          depth += c == '(' ? 1 : c == ')' ? -1 : 0;
          at += c == '\\' ? 2 : 1;
        }
      } while (depth > 0 && at < regex.length());
    }

    /** A class of plain characters and ranges; any other is not understood. */
    private boolean[] members() {
      boolean[] members = new boolean[128];
      at++;
      for (boolean first = true; at < regex.length(); first = false) {
        char c = regex.charAt(at);
        if (c == ']' && !first) {
          break;
        }
        sure &= c < 128 && c != '\\' && c != '[' && !(first && (c == '^' || c == ']'));
        boolean isRange = at + 2 < regex.length() && regex.charAt(at + 1) == '-';
        char last = isRange && regex.charAt(at + 2) != ']' ? regex.charAt(at + 2) : c;
        sure &= last < 128 && last != '\\';
        for (int m = c; m <= Math.min(last, 127); m++) {
          members[m] = true;
        }
        at += last == c ? 1 : 3;
      }
      at++;
      return members;
    }

    /** The least times that what was read stands here: 0 where it is not said or may be none. */
    private int times() {
      int close = at < regex.length() && regex.charAt(at) == '{' ? regex.indexOf('}', at) : -1;
      if (close < 0) {
        return 0;
      }
      String bounds = regex.substring(at + 1, close);
      at = close + 1;
      boolean repeated = at < regex.length() && regex.charAt(at) == '*';
      return repeated || !bounds.matches("[0-9]{1,4}(,[0-9]{0,4})?")
          ? 0
          : Integer.parseInt(bounds.replaceAll(",.*", ""));
    }
  }
}
