package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** Patterns as deterministic automata: time to match grows with the text only, never beyond. */
final class Automatons {
  private static final int WORK_LIMIT = 20_000;
  private static final int SYNTAX = RegExp.ALL & ~RegExp.AUTOMATON;

  private Automatons() {}

  /** A pattern with {@code *} and {@code ?} over whole values. */
  static Query wildcard(byte[] prefix, String pattern) {
    return query(Layout.TERMS, prefix, wild(pattern), pattern);
  }

  /** A pattern over single words of the message. */
  static Query words(String pattern) {
    return query(Layout.MESSAGE, new byte[0], wild(pattern), pattern);
  }

  /** A regular expression over whole values or words, letters matched in either case. */
  static Query regex(String luceneField, byte[] prefix, String pattern) {
    return query(
        luceneField,
        prefix,
        new RegExp(pattern, SYNTAX, RegExp.CASE_INSENSITIVE).toAutomaton(),
        pattern);
  }

  private static Query query(String field, byte[] prefix, Automaton pattern, String text) {
    String start = new String(prefix, StandardCharsets.UTF_8);
    try {
      var whole = Operations.concatenate(List.of(Automata.makeString(start), pattern));
      return new AutomatonQuery(
          new Term(field, start + text), Operations.determinize(whole, WORK_LIMIT));
    } catch (TooComplexToDeterminizeException e) {
      throw new IllegalArgumentException("the pattern '" + text + "' is too complex", e);
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
