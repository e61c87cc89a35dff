package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/** Patterns as deterministic automata: time to match grows with the text only, never beyond. */
final class Automatons {
  private static final int WORK_LIMIT = 10_000;
  private static final long TOO_MANY = 1_000_000_000;

  // Signs that are operators to Lucene alone, such as @ and &, are what they look like.
  private static final int SYNTAX = RegExp.NONE;

  private Automatons() {}

  /** A pattern with {@code *} and {@code ?} over whole values. */
  static PatternTerms wildcard(byte[] prefix, String pattern) {
    return new PatternTerms(
        query(Layout.TERMS, prefix, wild(pattern), pattern),
        new BytesRef(prefix),
        Literals.ofWildcard(pattern));
  }

  /** A pattern over single words of the message. */
  static PatternTerms words(String pattern) {
    return new PatternTerms(
        query(Layout.MESSAGE, BytesRef.EMPTY_BYTES, wild(pattern), pattern),
        new BytesRef(),
        Literals.ofWildcard(pattern));
  }

  /** A regular expression over whole values or words, letters matched in either case. */
  static PatternTerms regex(String luceneField, byte[] prefix, String pattern) {
    try {
      var tree = new RegExp(pattern, SYNTAX, RegExp.CASE_INSENSITIVE);
      if (states(tree) > WORK_LIMIT) {
        throw tooComplex(pattern);
      }
      return new PatternTerms(
          query(luceneField, prefix, tree.toAutomaton(), pattern),
          new BytesRef(prefix),
          Literals.ofRegex(tree));
    } catch (TooComplexToDeterminizeException | StackOverflowError e) {
      throw tooComplex(pattern);
    }
  }

  // About how many states the tree unfolds to: repeats in repeats multiply, and Lucene builds them
  // all before any limit of its own.
  private static long states(@Nullable RegExp tree) {
    if (tree == null) {
      return 0;
    }
    long one = states(tree.exp1);
    long two = states(tree.exp2);
    long states =
        switch (tree.kind) {
          case REGEXP_INTERSECTION -> one * two;
          case REGEXP_REPEAT_MIN -> one * (tree.min + 1L);
          case REGEXP_REPEAT_MINMAX -> one * Math.max(1, tree.max);
          default -> 1 + one + two + (tree.s == null ? 0 : tree.s.length());
        };
    return Math.min(states, TOO_MANY);
  }

  private static IllegalArgumentException tooComplex(String pattern) {
    return new IllegalArgumentException("the pattern '" + pattern + "' is too complex");
  }

  private static AutomatonQuery query(String field, byte[] prefix, Automaton pattern, String text) {
    String start = new String(prefix, StandardCharsets.UTF_8);
    try {
      var whole = Operations.concatenate(List.of(Automata.makeString(start), pattern));
      return new AutomatonQuery(
          new Term(field, start + text), Operations.determinize(whole, WORK_LIMIT));
    } catch (TooComplexToDeterminizeException e) {
      throw tooComplex(text);
    }
  }

  private static Automaton wild(String pattern) {
    var parts = new ArrayList<Automaton>();
    int[] points = pattern.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case '*' -> parts.add(Automata.makeAnyString());
        case '?' -> parts.add(Automata.makeAnyChar());
        case '\\' -> {
          i = Math.min(i + 1, points.length - 1);
          parts.add(Automata.makeChar(Character.toLowerCase(points[i])));
        }
        default -> parts.add(Automata.makeChar(Character.toLowerCase(points[i])));
      }
    }
    return Operations.concatenate(parts);
  }
}
