package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Queries over the words of the message. */
final class Texts {
  private record Placed(BytesRef word, int place, boolean cjk) {}

  private static final Pattern POINT_AT_SIGN = Pattern.compile("(?<=[*?])\\.|\\.(?=[*?])");

  private Texts() {}

  /** The words of a text. */
  static List<BytesRef> list(String text) {
    return placed(text).stream().map(Placed::word).toList();
  }

  /** These words side by side. A text without a word matches nothing. */
  static Query words(String text) {
    var words = sparse(placed(text));
    if (words.isEmpty()) {
      return MatchNoDocsQuery.INSTANCE;
    }
    if (words.size() == 1) {
      return new TermQuery(new Term(Layout.MESSAGE, words.getFirst().word));
    }
    var phrase = new PhraseQuery.Builder();
    words.forEach(word -> phrase.add(new Term(Layout.MESSAGE, word.word), word.place));
    return phrase.build();
  }

  /**
   * Each word of a pattern must match a word. CJK text has no word ends, so there a pattern means
   * "holds this".
   */
  static Query wildcard(String pattern) {
    var all = new BooleanQuery.Builder();
    int parts = 0;
    var word = new StringBuilder();
    var plain = new StringBuilder();
    for (var part : split(pattern, word, plain)) {
      all.add(part, Occur.FILTER);
      parts++;
    }
    return parts == 0 ? MatchNoDocsQuery.INSTANCE : all.build();
  }

  private static List<Query> split(String pattern, StringBuilder word, StringBuilder cjk) {
    var parts = new ArrayList<Query>();
    int[] points = plain(pattern);
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (Words.isCjk(point)) {
        endWord(word, parts);
        cjk.appendCodePoint(point);
      } else if (isWordPart(points, i)) {
        endCjk(cjk, parts);
        word.appendCodePoint(Words.fold(point));
      } else {
        endWord(word, parts);
        endCjk(cjk, parts);
      }
    }
    endWord(word, parts);
    endCjk(cjk, parts);
    return parts;
  }

  // Without backslashes: a sign that one makes plain is between words, as in texts.
  private static int[] plain(String pattern) {
    int[] points = pattern.codePoints().toArray();
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      boolean escaped = points[i] == '\\' && i + 1 < points.length;
      int point = escaped ? points[++i] : points[i];
      points[count++] = escaped && isWild(point) ? ' ' : point;
    }
    return Arrays.copyOf(points, count);
  }

  private static boolean isWordPart(int[] points, int i) {
    int point = points[i];
    if (point == '.') {
      return i > 0 && i + 1 < points.length && isNumber(points[i - 1]) && isNumber(points[i + 1]);
    }
    return Character.isLetterOrDigit(point) || point == '_' || isWild(point);
  }

  private static boolean isNumber(int point) {
    return isWild(point) || (point >= '0' && point <= '9');
  }

  private static boolean isWild(int point) {
    return point == '*' || point == '?';
  }

  private static void endWord(StringBuilder word, List<Query> parts) {
    String pattern = word.toString();
    word.setLength(0);
    if (pattern.chars().allMatch(Texts::isWild)) {
      return;
    }
    var points = POINT_AT_SIGN.splitAsStream(pattern).toList();
    if (points.size() == 1 || pattern.chars().noneMatch(Character::isLetter)) {
      parts.add(word(pattern));
      return;
    }
    // The full stop is within a word where digits are on both sides, else between two: file1.* is
    // to find file1.txt.
    var apart = new BooleanQuery.Builder();
    points.stream()
        .filter(part -> !part.chars().allMatch(Texts::isWild))
        .forEach(part -> apart.add(word(part), Occur.FILTER));
    parts.add(Queries.any(List.of(word(pattern), apart.build())));
  }

  private static Query word(String pattern) {
    return pattern.chars().anyMatch(Texts::isWild)
        ? Automatons.words(pattern)
        : new TermQuery(new Term(Layout.MESSAGE, pattern));
  }

  private static void endCjk(StringBuilder cjk, List<Query> parts) {
    if (!cjk.isEmpty()) {
      parts.add(words(cjk.toString()));
      cjk.setLength(0);
    }
  }

  private static List<Placed> placed(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var words = new Words();
    words.reset(utf8, 0, utf8.length);
    var found = new ArrayList<Placed>();
    int place = -1;
    while (words.next()) {
      place += words.step();
      var word = BytesRef.deepCopyOf(words.term());
      boolean cjk = Words.isCjk(Utf8.at(word.bytes, 0, word.length) >>> 3);
      found.add(new Placed(word, place, cjk));
    }
    return found;
  }

  /** Leaves out a single CJK character where a pair already covers it. */
  private static List<Placed> sparse(List<Placed> words) {
    var kept = new ArrayList<Placed>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      boolean startsPair = i + 1 < words.size() && words.get(i + 1).place == word.place;
      boolean endsPair = i > 0 && word.cjk && isPair(words.get(i - 1), word);
      if (!word.cjk || (!startsPair && !endsPair) || isSecondHere(words, i)) {
        kept.add(word);
      }
    }
    return kept;
  }

  private static boolean isPair(Placed before, Placed word) {
    return before.cjk && before.place == word.place - 1 && before.word.length > 4;
  }

  private static boolean isSecondHere(List<Placed> words, int i) {
    return i > 0 && words.get(i - 1).place == words.get(i).place;
  }
}
