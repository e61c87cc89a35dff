package mo.farol.search;

import java.util.ArrayList;
import java.util.List;
import mo.farol.store.Clause;

/**
 * Reads the query language: Lucene syntax over ECS names. {@code NOT} (or {@code -}, {@code !})
 * binds tightest, then {@code AND} (or {@code &&}, {@code +}, or nothing at all between two parts),
 * then {@code OR} (or {@code ||}). Stages may follow, each after {@code |}. Says where and why a
 * text can't be understood.
 *
 * <p>In: text. Out: {@link Clause}, or {@link Asked} with the stages. Belongs to one thread;
 * bounded in depth and in parts.
 */
final class QueryParser {
  private static final int LONGEST = 16_384;
  private static final int MOST_PARTS = 500;
  private static final int DEEPEST = 50;

  private final String text;
  private final Leaves leaves;
  private final Scanner scanner;
  private int depth;
  private int parts;

  private QueryParser(String text, Names names) {
    this.text = text;
    leaves = new Leaves(names);
    scanner = new Scanner(text);
  }

  /** The tree of a query; an empty one asks for everything. Throws {@link QueryFault}. */
  static Clause parse(String text, Names names) {
    var asked = ask(text, names);
    if (!asked.pipes().isEmpty()) {
      throw new QueryFault(
          Splitting.clause(text).length() + 1,
          "stages after '|' make a table, and events are asked for here; leave them out");
    }
    return asked.clause();
  }

  /** A query with its stages. Throws {@link QueryFault}. */
  static Asked ask(String text, Names names) {
    if (text.length() > LONGEST) {
      throw new QueryFault(LONGEST + 1, "a query has at most %,d characters".formatted(LONGEST));
    }
    return new QueryParser(text, names).whole();
  }

  private Asked whole() {
    scanner.skipSpace();
    var clause = scanner.isAtEnd() || scanner.isAtBar() ? new Clause.All() : or(Leaves.TEXTS);
    if (!scanner.isAtEnd() && !scanner.isAtBar()) {
      throw fault("there is no '(' for this ')'");
    }
    return new Asked(clause, new PipeParser(scanner, leaves).stages());
  }

  private Clause or(List<String> fields) {
    var alternatives = new ArrayList<Clause>();
    alternatives.add(and(fields));
    while (scanner.takeWord("OR") || scanner.take("||")) {
      alternatives.add(and(fields));
    }
    return alternatives.size() == 1 ? alternatives.getFirst() : new Clause.Or(alternatives);
  }

  private Clause and(List<String> fields) {
    var required = new ArrayList<Clause>();
    required.add(not(fields));
    while (true) {
      scanner.skipSpace();
      boolean said = scanner.takeWord("AND") || scanner.take("&&");
      if (!said && isEndOfAnd()) {
        return required.size() == 1 ? required.getFirst() : new Clause.And(required);
      }
      required.add(not(fields));
    }
  }

  private boolean isEndOfAnd() {
    return scanner.isAtEnd() || scanner.isAt(")") || scanner.isAt("|") || scanner.isAtWord("OR");
  }

  private Clause not(List<String> fields) {
    scanner.skipSpace();
    if (scanner.takeWord("NOT") || scanner.takeSign('!') || scanner.takeSign('-')) {
      return nested(() -> new Clause.Not(not(fields)));
    }
    scanner.takeSign('+');
    return part(fields);
  }

  private Clause part(List<String> fields) {
    scanner.skipSpace();
    if (scanner.isAtEnd()) {
      throw fault("something must follow here: a word or a field:value");
    }
    for (var word : List.of("AND", "OR", "&&", "||")) {
      if (Character.isLetter(word.charAt(0)) ? scanner.isAtWord(word) : scanner.isAt(word)) {
        throw fault(
            "'%s' needs something before it; put it in quotes to search for it".formatted(word));
      }
    }
    if (scanner.isAt(")")) {
      throw fault("something must stand before this ')'");
    }
    if (scanner.isAtBar()) {
      throw fault("something must stand before this '|'; put it in quotes to search for it");
    }
    if (++parts > MOST_PARTS) {
      throw fault("a query has at most %d parts".formatted(MOST_PARTS));
    }
    return scanner.isAt("(") ? group(fields) : named(fields);
  }

  private Clause group(List<String> fields) {
    int open = scanner.column();
    scanner.take("(");
    return nested(
        () -> {
          var inside = or(fields);
          scanner.skipSpace();
          if (scanner.isAtBar()) {
            throw fault("stages stand after the query, not within parentheses");
          }
          if (!scanner.take(")")) {
            throw new QueryFault(open, "this '(' is never closed");
          }
          return inside;
        });
  }

  private Clause named(List<String> fields) {
    int column = scanner.column();
    String name = scanner.takeName();
    if (name.isEmpty()) {
      return leaves.of(fields, value(), column);
    }
    if (name.equals("*") && scanner.take("*")) {
      return new Clause.All();
    }
    var full = leaves.fields(name, scanner.isExact(), column);
    scanner.skipSpace();
    if (scanner.isAtEnd() || scanner.isAt(")") || scanner.isAtBar()) {
      throw fault(
          "'%s:' needs a value; '%s:*' finds events that have the field".formatted(name, name));
    }
    return scanner.isAt("(") ? group(full) : leaves.of(full, value(), column);
  }

  private Scanner.Value value() {
    return scanner.value();
  }

  private interface Inner {
    Clause read();
  }

  private Clause nested(Inner inner) {
    if (++depth > DEEPEST) {
      throw fault("a query is nested at most %d deep".formatted(DEEPEST));
    }
    var clause = inner.read();
    depth--;
    return clause;
  }

  private QueryFault fault(String message) {
    return new QueryFault(Math.min(scanner.column(), text.length() + 1), message);
  }
}
