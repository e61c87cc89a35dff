package mo.farol.search;

import java.util.ArrayList;
import java.util.List;

/** Cuts a query into pieces. */
final class Lexer {
  private final String query;
  private final List<Lexeme> lexemes = new ArrayList<>();
  private int at;

  private Lexer(String query) {
    this.query = query;
  }

  /**
   * The pieces, closed by one of kind END; throws {@link QueryFault} at an open quote, slash or
   * bracket.
   */
  static List<Lexeme> cut(String query) {
    var lexer = new Lexer(query);
    while (lexer.skipBlank()) {
      lexer.one();
    }
    lexer.add(Lexeme.Kind.END, "", lexer.at);
    return lexer.lexemes;
  }

  private boolean skipBlank() {
    while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
      at++;
    }
    return at < query.length();
  }

  private void one() {
    int start = at;
    switch (query.charAt(at)) {
      case '(' -> single(Lexeme.Kind.OPEN);
      case ')' -> single(Lexeme.Kind.CLOSE);
      case ':' -> single(Lexeme.Kind.COLON);
      case '!' -> single(Lexeme.Kind.NOT);
      case '"' -> enclosed('"', Lexeme.Kind.PHRASE, "the quotation mark is never closed");
      case '/' -> slashed(start);
      case '[', '{' -> range();
      default -> word(start);
    }
  }

  private void single(Lexeme.Kind kind) {
    add(kind, query.substring(at, at + 1), at);
    at++;
  }

  // A slash begins a regular expression only as a value; elsewhere it is part of a word, as in a
  // path.
  private void slashed(int start) {
    boolean value = !lexemes.isEmpty() && lexemes.getLast().kind() == Lexeme.Kind.COLON;
    int close = closing('/');
    if (value && close > start + 1 && endsWord(close + 1)) {
      enclosed('/', Lexeme.Kind.REGEX, "");
    } else {
      word(start);
    }
  }

  private void enclosed(char mark, Lexeme.Kind kind, String unclosed) {
    int start = at;
    int close = closing(mark);
    if (close < 0) {
      throw new QueryFault(start + 1, unclosed);
    }
    String text = query.substring(start + 1, close);
    add(
        kind,
        kind == Lexeme.Kind.PHRASE ? text.replace("\\\"", "\"") : text.replace("\\/", "/"),
        start);
    at = close + 1;
  }

  private int closing(char mark) {
    for (int i = at + 1; i < query.length(); i++) {
      if (query.charAt(i) == '\\') {
        i++;
      } else if (query.charAt(i) == mark) {
        return i;
      }
    }
    return -1;
  }

  private void range() {
    int start = at;
    int close = at;
    while (close < query.length() && query.charAt(close) != ']' && query.charAt(close) != '}') {
      close++;
    }
    if (close == query.length()) {
      throw new QueryFault(start + 1, "the range is never closed; write [a TO b]");
    }
    add(Lexeme.Kind.RANGE, query.substring(start, close + 1), start);
    at = close + 1;
  }

  private void word(int start) {
    at++;
    while (at < query.length() && !endsWord(at)) {
      at += query.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, query.length());
    String text = query.substring(start, at);
    if (text.length() > 1 && text.charAt(0) == '-') {
      add(Lexeme.Kind.NOT, "-", start);
      at = start + 1;
      return;
    }
    if (text.length() > 1 && text.charAt(0) == '+') {
      at = start + 1; // every part must match anyway
      return;
    }
    add(keyword(text), text, start);
  }

  private static Lexeme.Kind keyword(String text) {
    return switch (text) {
      case "AND", "&&" -> Lexeme.Kind.AND;
      case "OR", "||" -> Lexeme.Kind.OR;
      case "NOT" -> Lexeme.Kind.NOT;
      default -> Lexeme.Kind.WORD;
    };
  }

  private boolean endsWord(int i) {
    if (i >= query.length()) {
      return true;
    }
    char c = query.charAt(i);
    return Character.isWhitespace(c)
        || c == '('
        || c == ')'
        || c == '"'
        || c == ':' && isFieldColon(i);
  }

  // The first colon of a word parts field and value; those of an IPv6 address or a time in the
  // value do not.
  private boolean isFieldColon(int i) {
    return lexemes.isEmpty()
        || lexemes.getLast().kind() != Lexeme.Kind.COLON
        || lexemes.getLast().column() == i + 1;
  }

  private void add(Lexeme.Kind kind, String text, int index) {
    lexemes.add(new Lexeme(kind, text, index + 1));
  }
}
