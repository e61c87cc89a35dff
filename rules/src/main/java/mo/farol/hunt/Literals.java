package mo.farol.hunt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.event.Excerpt;
import mo.farol.sigma.Glob;
import mo.farol.store.Clause;

/**
 * What the index can be asked of a text with wildcards: of its stretches that mean the same to rule
 * and index, the longest. A letter beyond ASCII that has two cases is none of them: the two fold it
 * differently.
 */
final class Literals {
  private static final int LONGEST = 64;
  private static final int WHOLE = 200;
  private static final int SHORTEST = 2;
  private static final int MOST_WORDS = 4;

  /**
   * A stretch of a text.
   *
   * @param begins whether the value begins with it
   * @param ends whether the value ends with it
   */
  record Stretch(String text, boolean begins, boolean ends) {}

  private Literals() {}

  /** The stretches of a glob, in order. */
  static List<Stretch> of(Glob glob) {
    var all = new ArrayList<Stretch>();
    var text = new StringBuilder();
    int from = 0;
    for (int i = 0; i <= glob.length(); i++) {
      if (i < glob.length() && isSure(glob.part(i))) {
        text.appendCodePoint(glob.part(i));
        continue;
      }
      if (!text.isEmpty()) {
        all.add(new Stretch(text.toString(), from == 0, i == glob.length()));
        text.setLength(0);
      }
      from = i + 1;
    }
    return all;
  }

  private static boolean isSure(int c) {
    return c >= 0
        && (c < 128
            || Character.getType(c) == Character.OTHER_LETTER
                && Character.toUpperCase(c) == c
                && Character.toLowerCase(c) == c);
  }

  /** The longest stretch. */
  static Optional<Stretch> best(List<Stretch> all) {
    return all.stream()
        .filter(each -> each.text().length() >= SHORTEST)
        .max(Comparator.comparingInt(each -> each.text().length()));
  }

  /** Whether a glob is one sure text whole that the index surely keeps whole. */
  static boolean isWhole(Glob glob) {
    return glob.length() <= WHOLE && glob.parts().allMatch(Literals::isSure);
  }

  /** A pattern for values of a field that hold a stretch where it stands. */
  static Clause pattern(String field, Stretch stretch) {
    var text = new StringBuilder(stretch.begins() ? "" : "*");
    boolean isCut = stretch.text().length() > LONGEST;
    cut(stretch.text())
        .codePoints()
        .forEach(
            c -> {
              if (c == '*' || c == '?' || c == '\\') {
                text.append('\\');
              }
              text.appendCodePoint(c);
            });
    return new Clause.Wildcard(
        field, text.append(stretch.ends() && !isCut ? "" : "*").toString(), 1);
  }

  /** As much of a text as the index is asked for. */
  static String cut(String text) {
    return Excerpt.of(text, LONGEST);
  }

  /** What the words of a message must be that holds these stretches; all where nothing is known. */
  static Clause words(List<Stretch> stretches) {
    var words = new ArrayList<String>();
    stretches.forEach(stretch -> addWords(stretch, words));
    words.sort(Comparator.comparingInt(String::length).reversed());
    return Clauses.all(words.stream().distinct().limit(MOST_WORDS).map(Literals::word).toList());
  }

  private static Clause word(String pattern) {
    return pattern.indexOf('*') < 0
        ? new Clause.Term("message", pattern, 1)
        : new Clause.Wildcard("message", pattern, 1);
  }

  // A word is letters, digits and underscores, a point between two digits too: see store.Words.
  private static void addWords(Stretch stretch, List<String> into) {
    String text = stretch.text().toLowerCase(Locale.ROOT);
    int at = 0;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && isWordPart(text, at)) {
        at++;
      }
      if (at > from) {
        addWord(text, from, at, stretch, into);
      } else {
        at++;
      }
    }
  }

  private static void addWord(String text, int from, int to, Stretch stretch, List<String> into) {
    boolean openBefore = from == 0 ? !stretch.begins() : isOpen(text, from - 1, from);
    boolean openAfter = to == text.length() ? !stretch.ends() : isOpen(text, to, to - 1);
    String word = text.substring(from, Math.min(to, from + LONGEST));
    boolean isOpenAfter = openAfter || to - from > LONGEST;
    if (word.length() >= (openBefore || isOpenAfter ? SHORTEST + 1 : 1)) {
      into.add((openBefore ? "*" : "") + word + (isOpenAfter ? "*" : ""));
    }
  }

  // Whether what stands beside a word may belong to one with it: a point does where a digit may
  // stand beyond it, and what is beyond ASCII may.
  private static boolean isOpen(String text, int beside, int last) {
    char c = text.charAt(beside);
    boolean isAtEdge = beside == 0 || beside == text.length() - 1;
    return c > 127 || c == '.' && isAtEdge && isDigit(text.charAt(last));
  }

  private static boolean isWordPart(String text, int i) {
    char c = text.charAt(i);
    return c >= 'a' && c <= 'z'
        || isDigit(c)
        || c == '_'
        || c == '.'
            && i > 0
            && i + 1 < text.length()
            && isDigit(text.charAt(i - 1))
            && isDigit(text.charAt(i + 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
