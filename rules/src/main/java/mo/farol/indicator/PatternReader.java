package mo.farol.indicator;

import java.util.ArrayList;
import java.util.List;
import mo.farol.indicator.PatternTokens.Token;

/**
 * The part of STIX patterning (STIX 2.1 section 9) that one event can show: comparisons by {@code
 * =}, {@code IN}, {@code ISSUBSET} and {@code ISSUPERSET}, joined by {@code OR} and {@code AND}:
 * what AND joins must be seen in one event, but for digests of one file, each of which names it,
 * and for its name, size and folder beside them. Several observations, joined by anything but OR,
 * and everything else is refused by name and column.
 */
final class PatternReader {
  private static final int DEEPEST = 50;
  private static final int MOST = 10_000;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private PatternReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Groups of which one is enough; of a group each part must be seen, by any of its values. */
  static List<List<PatternPart.Values>> read(String pattern) throws PatternFault {
    var reader = new PatternReader(PatternTokens.of(pattern));
    var values = reader.observations();
    Token end = reader.peek();
    if (end.type() != PatternTokens.Type.END) {
      throw new PatternFault(end.column(), "'" + end.text() + "' is not expected here");
    }
    return values;
  }

  private List<List<PatternPart.Values>> observations() throws PatternFault {
    deeper();
    var all = new ArrayList<>(observation());
    for (Token token = peek(); token.type() == PatternTokens.Type.WORD; token = peek()) {
      if (!token.isWord("OR")) {
        throw new PatternFault(
            token.column(),
            token.text() + " of several observations is not read: a hit is one event");
      }
      at++;
      all.addAll(observation());
      bounded(size(all), token);
    }
    depth--;
    return all;
  }

  private List<List<PatternPart.Values>> observation() throws PatternFault {
    Token open = take();
    List<List<PatternPart.Values>> found;
    if (open.is("[")) {
      found = PatternPart.groups(either());
      bounded(size(found), open);
      expect("]");
    } else if (open.is("(")) {
      found = observations();
      expect(")");
    } else {
      throw new PatternFault(
          open.column(), "an observation begins with [, not with " + open.text());
    }
    Token token = peek();
    if (token.isWord("WITHIN") || token.isWord("REPEATS") || token.isWord("START")) {
      throw new PatternFault(token.column(), "the qualifier " + token.text() + " is not read");
    }
    return found;
  }

  private PatternPart either() throws PatternFault {
    deeper();
    PatternPart part = both();
    while (peek().isWord("OR")) {
      Token or = take();
      part = PatternPart.or(part, both());
      bounded(size(PatternPart.groups(part)), or);
    }
    depth--;
    return part;
  }

  private PatternPart both() throws PatternFault {
    PatternPart part = comparison();
    while (peek().isWord("AND")) {
      at++;
      part = PatternPart.and(part, comparison());
    }
    return part;
  }

  private PatternPart comparison() throws PatternFault {
    Token first = peek();
    if (first.is("(")) {
      at++;
      PatternPart part = either();
      expect(")");
      return part;
    }
    if (first.isWord("NOT") || first.isWord("EXISTS")) {
      throw new PatternFault(first.column(), first.text() + " is not read");
    }
    String path = path();
    Token operator = take();
    List<String> values = values(operator);
    return PatternPaths.part(path, first.column(), operator, values);
  }

  private List<String> values(Token operator) throws PatternFault {
    return switch (operator.text()) {
      case "=", "==", "ISSUBSET", "ISSUPERSET" -> List.of(literal());
      case "IN" -> set();
      case "NOT", "!=", "<>", "<", "<=", ">", ">=", "LIKE", "MATCHES" ->
          throw new PatternFault(operator.column(), operator.text() + " is not read");
      default ->
          throw new PatternFault(
              operator.column(), "a comparison stands here, not " + operator.text());
    };
  }

  private List<String> set() throws PatternFault {
    expect("(");
    var values = new ArrayList<String>();
    while (!peek().is(")")) {
      if (!values.isEmpty()) {
        expect(",");
      }
      values.add(literal());
      bounded(values.size(), peek());
    }
    at++;
    return values;
  }

  private String literal() throws PatternFault {
    Token token = take();
    boolean isLiteral =
        switch (token.type()) {
          case STRING, NUMBER, TYPED -> true;
          case WORD -> token.isWord("true") || token.isWord("false");
          case SYMBOL, END -> false;
        };
    if (!isLiteral) {
      throw new PatternFault(token.column(), "a value stands here, not " + token.text());
    }
    return token.text();
  }

  // As written, quotes left out: file:hashes.SHA-256.
  private String path() throws PatternFault {
    Token type = take();
    if (type.type() != PatternTokens.Type.WORD) {
      throw new PatternFault(type.column(), "an object path stands here, not " + type.text());
    }
    var path = new StringBuilder(type.text());
    expect(":");
    path.append(':').append(step());
    for (Token token = peek(); token.is(".") || token.is("["); token = peek()) {
      at++;
      if (token.is(".")) {
        path.append('.').append(step());
      } else {
        path.append('[').append(take().text()).append(']');
        expect("]");
      }
    }
    return path.toString();
  }

  private String step() throws PatternFault {
    Token token = take();
    if (token.type() != PatternTokens.Type.WORD && token.type() != PatternTokens.Type.STRING) {
      throw new PatternFault(token.column(), "a property stands here, not " + token.text());
    }
    return token.text();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private void expect(String symbol) throws PatternFault {
    Token token = take();
    if (!token.is(symbol)) {
      throw new PatternFault(token.column(), symbol + " is expected here, not " + token.text());
    }
  }

  private void deeper() throws PatternFault {
    if (++depth > DEEPEST) {
      throw new PatternFault(peek().column(), "nested deeper than " + DEEPEST);
    }
  }

  private static int size(List<List<PatternPart.Values>> groups) {
    int size = 0;
    for (var group : groups) {
      for (var part : group) {
        size += part.any().size();
      }
    }
    return size;
  }

  private static void bounded(int size, Token at) throws PatternFault {
    if (size > MOST) {
      throw new PatternFault(at.column(), "more than " + MOST + " values");
    }
  }
}
