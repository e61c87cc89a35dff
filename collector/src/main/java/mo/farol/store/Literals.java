package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.RegExp;

/**
 * What every text that fits a pattern holds, as rows of {@link Trigrams}: of each entry at least
 * one of the literals, all rows of it.
 */
record Literals(List<List<int[]>> all) {
  private static final int MOST_CHOICES = 64;
  private static final int MOST_ROWS = 64;

  /** Nothing is known. */
  static final Literals NONE = new Literals(List.of());

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Of a pattern with {@code *} and {@code ?}, read as {@link Automatons} reads it. */
  static Literals ofWildcard(String pattern) {
    var all = new ArrayList<List<String>>();
    var one = new StringBuilder();
    int[] points = pattern.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (point == '*' || point == '?') {
        end(one, all);
        continue;
      }
      if (point == '\\') {
        i = Math.min(i + 1, points.length - 1);
      }
      one.appendCodePoint(Character.toLowerCase(points[i]));
    }
    end(one, all);
    return of(all);
  }

  /**
   * Of a regular expression that takes letters in either case: for it an {@code s} is also the long
   * one, which lower case leaves as it is.
   */
  static Literals ofRegex(RegExp tree) {
    var all = new ArrayList<List<int[]>>();
    for (var one : held(tree)) {
      var choices = new ArrayList<>(one.stream().map(Literals::rows).toList());
      if (one.stream().anyMatch(text -> text.indexOf('s') >= 0)) {
        choices.add(Trigrams.longS());
      }
      all.add(choices);
    }
    return new Literals(all);
  }

  /** Of what holds one of some texts; nothing is known where one of them is too short. */
  static Literals ofOne(List<BytesRef> texts) {
    boolean areKnown = texts.stream().allMatch(text -> text.length >= Trigrams.SHORTEST);
    return areKnown && !texts.isEmpty()
        ? new Literals(List.of(texts.stream().map(Literals::rows).toList()))
        : NONE;
  }

  private static Literals of(List<List<String>> all) {
    return new Literals(
        all.stream().map(one -> one.stream().map(Literals::rows).toList()).toList());
  }

  private static List<List<String>> held(RegExp tree) {
    return switch (tree.kind) {
      case REGEXP_STRING -> plain(tree.s);
      case REGEXP_CONCATENATION, REGEXP_INTERSECTION -> {
        var both = new ArrayList<>(held(tree.exp1));
        both.addAll(held(tree.exp2));
        yield both;
      }
      case REGEXP_UNION -> either(held(tree.exp1), held(tree.exp2));
      case REGEXP_REPEAT_MIN, REGEXP_REPEAT_MINMAX -> tree.min > 0 ? held(tree.exp1) : List.of();
      default -> List.of();
    };
  }

  private static List<List<String>> either(List<List<String>> some, List<List<String>> others) {
    var best = Comparator.comparingInt(Literals::shortest);
    if (some.isEmpty() || others.isEmpty()) {
      return List.of();
    }
    var choices = new ArrayList<>(some.stream().max(best).orElseThrow());
    choices.addAll(others.stream().max(best).orElseThrow());
    return choices.size() > MOST_CHOICES ? List.of() : List.of(choices);
  }

  private static int shortest(List<String> choices) {
    return choices.stream().mapToInt(String::length).min().orElse(0);
  }

  /** The parts of a text that have no more than two cases, or none. */
  private static List<List<String>> plain(String text) {
    var all = new ArrayList<List<String>>();
    var one = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            point -> {
              if (point < 128 || Character.isIdeographic(point)) {
                one.appendCodePoint(point);
              } else {
                end(one, all);
              }
            });
    end(one, all);
    return all;
  }

  private static void end(StringBuilder one, List<List<String>> all) {
    String text = one.toString();
    one.setLength(0);
    if (text.getBytes(StandardCharsets.UTF_8).length >= Trigrams.SHORTEST) {
      all.add(List.of(text));
    }
  }

  private static int[] rows(String text) {
    return rows(new BytesRef(text));
  }

  // Each once, and no more than tell texts apart: a pattern may have thousands of letters.
  private static int[] rows(BytesRef text) {
    var rows = IntStream.builder();
    int three = 0;
    for (int i = 0; i < text.length; i++) {
      three = three << 8 | text.bytes[text.offset + i] & 0xFF;
      if (i >= Trigrams.SHORTEST - 1) {
        rows.add(Trigrams.row(three));
      }
    }
    return rows.build().distinct().limit(MOST_ROWS).toArray();
  }
}
