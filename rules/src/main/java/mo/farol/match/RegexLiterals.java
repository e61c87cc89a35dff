package mo.farol.match;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds text that must stand in whatever a regular expression finds, so that the expression is run
 * only where that text was seen. What it doesn't understand it takes for anything.
 */
final class RegexLiterals {
  private static final int DEPTH = 40;
  private static final int CLASS = 4;

  private final String regex;
  private boolean folding;
  private int at;
  private int depth;

  private RegexLiterals(String regex, boolean folding) {
    this.regex = regex;
    this.folding = folding;
  }

  /** The literals of an expression as something to look for. */
  static Shape shape(Pattern pattern) {
    var reader =
        new RegexLiterals(pattern.pattern(), (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0);
    var needed = reader.all();
    if (needed == null || needed.stream().anyMatch(text -> text.length() < 2)) {
      return new Shape.Free();
    }
    return new Shape.Inside(
        needed.stream()
            .filter(text -> needed.stream().noneMatch(o -> !o.equals(text) && text.contains(o)))
            .map(text -> Shape.literal(text.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  private @org.jspecify.annotations.Nullable Set<String> all() {
    try {
      var needed = alternatives();
      return at == regex.length() ? needed.best() : null;
    } catch (IndexOutOfBoundsException | NotUnderstood e) {
      return null;
    }
  }

  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Needed alternatives() {
    if (++depth > DEPTH) {
      throw new NotUnderstood();
    }
    boolean outer = folding;
    var all = sequence();
    while (at < regex.length() && regex.charAt(at) == '|') {
      at++;
      all = all.or(sequence());
    }
    folding = outer;
    depth--;
    return all;
  }

  private Needed sequence() {
    var parts = new ArrayList<Needed>();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      parts.add(quantified(atom()));
    }
    return Needed.inOrder(parts);
  }

  private Needed quantified(Needed atom) {
    var result = atom;
    while (at < regex.length()) {
      switch (regex.charAt(at)) {
        case '*' -> result = Needed.ANYTHING;
        case '+' -> result = result.repeated();
        case '?' -> result = result.or(Needed.EMPTY);
        case '{' -> {
          int close = regex.indexOf('}', at);
          String times = close < 0 ? "" : regex.substring(at + 1, close);
          if (!times.matches("[0-9]+(,[0-9]*)?")) {
            return result; // a brace that is only a brace
          }
          result = times(result, times);
          at = close;
        }
        default -> {
          return result;
        }
      }
      at++;
      if (at < regex.length() && regex.charAt(at) == '?') {
        at++; // as few as possible: the same texts
      }
    }
    return result;
  }

  /** Exactly so many, where they are few, are as many one after the other. */
  private static Needed times(Needed atom, String times) {
    if (times.matches("0+(,.*)?")) {
      return Needed.ANYTHING;
    }
    return switch (times) {
      case "1", "1,1" -> atom;
      case "2", "2,2" -> Needed.inOrder(List.of(atom, atom));
      case "3", "3,3" -> Needed.inOrder(List.of(atom, atom, atom));
      case String _ -> atom.repeated();
    };
  }

  private Needed atom() {
    char c = regex.charAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> set();
      case '\\' -> escape();
      case '.' -> anything(1);
      case '^', '$' -> {
        at++;
        yield Needed.EMPTY;
      }
      default -> {
        int codePoint = regex.codePointAt(at);
        at += Character.charCount(codePoint);
        yield literal(codePoint);
      }
    };
  }

  private Needed anything(int length) {
    at += length;
    return Needed.ANYTHING;
  }

  /**
   * A character as the index sees it. One outside ASCII is taken for anything, and so are k and s
   * where case is ignored: there a regex also takes the signs for kelvin and long s for them.
   */
  private Needed literal(int c) {
    boolean kelvin = folding && (c == 'k' || c == 'K' || c == 's' || c == 'S');
    return c > 126 || kelvin
        ? Needed.ANYTHING
        : Needed.text(Character.toString(mo.farol.sigma.Fold.codePoint(c)));
  }

  private Needed group() {
    at++;
    boolean outer = folding;
    if (regex.startsWith("?P<", at) || regex.startsWith("?<", at)) {
      at = regex.indexOf('>', at) + 1;
    } else if (regex.charAt(at) == '?') {
      int end = at + 1;
      while ("imsU-".indexOf(regex.charAt(end)) >= 0) {
        end++;
      }
      flags(regex.substring(at + 1, end));
      at = end + 1;
      if (regex.charAt(end) == ')') {
        return Needed.EMPTY; // flags for what follows in this group
      }
      if (regex.charAt(end) != ':') {
        throw new NotUnderstood();
      }
    }
    var inner = alternatives();
    if (regex.charAt(at++) != ')') {
      throw new NotUnderstood();
    }
    folding = outer;
    return inner;
  }

  private void flags(String flags) {
    int minus = flags.indexOf('-');
    int i = flags.indexOf('i');
    if (i >= 0) {
      folding = minus < 0 || i < minus;
    }
  }

  private Needed escape() {
    char c = regex.charAt(at + 1);
    return switch (c) {
      case 'b', 'B', 'A', 'z' -> {
        at += 2;
        yield Needed.EMPTY;
      }
      case 'd', 'D', 'w', 'W', 's', 'S' -> anything(2);
      case 'n', 't', 'r', 'f', 'v', 'a' -> anything(2);
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw new NotUnderstood();
        }
        at += 2;
        yield literal(c);
      }
    };
  }

  /** A class of a few characters is each of them; another is anything. */
  private Needed set() {
    int start = at++;
    boolean negated = regex.charAt(at) == '^';
    at += negated ? 1 : 0;
    var members = new LinkedHashSet<Integer>();
    boolean few = !negated;
    for (boolean first = true; first || regex.charAt(at) != ']'; first = false) {
      char c = regex.charAt(at);
      if (c == '[' && regex.startsWith("[:", at)) {
        at = regex.indexOf(":]", at) + 2;
        few = false;
      } else if (c == '\\') {
        few &= !Character.isLetterOrDigit(regex.charAt(at + 1));
        members.add((int) regex.charAt(at + 1));
        at += 2;
      } else {
        few &= c != '-' || at == start + 1 || regex.charAt(at + 1) == ']';
        members.add((int) c);
        at++;
      }
    }
    at++;
    return few && members.size() <= CLASS ? oneOf(members) : Needed.ANYTHING;
  }

  private Needed oneOf(Set<Integer> members) {
    Needed all = null;
    for (int member : members) {
      var one = literal(member);
      all = all == null ? one : all.or(one);
    }
    return all == null ? Needed.ANYTHING : all;
  }
}
