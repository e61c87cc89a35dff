package mo.farol.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The query language: {@code field:value}, phrases, {@code AND OR NOT}, parentheses, {@code * ?},
 * ranges, CIDR, {@code /regex/}. Words side by side must all match.
 */
public final class QueryParser {
  private static final int DEPTH = 64;
  private static final Map<String, String> SHORT =
      Map.of(
          "host", "host.name",
          "user", "user.name",
          "src", "source.ip",
          "dst", "destination.ip",
          "app", "log.syslog.appname",
          "level", "log.level",
          "severity", "log.level",
          "dataset", "event.dataset");

  private final List<Lexeme> lexemes;
  private int at;
  private int depth;

  private QueryParser(List<Lexeme> lexemes) {
    this.lexemes = lexemes;
  }

  /** Understands a query; throws {@link QueryFault} with the column of what is wrong. */
  public static Ast parse(String query) {
    var parser = new QueryParser(Lexer.cut(query));
    if (parser.peek().kind() == Lexeme.Kind.END) {
      return new Ast.All();
    }
    Ast ast = parser.or("");
    if (parser.peek().kind() != Lexeme.Kind.END) {
      throw new QueryFault(parser.peek().column(), "nothing opened this parenthesis");
    }
    return ast;
  }

  private Ast or(String field) {
    if (++depth > DEPTH) {
      throw new QueryFault(peek().column(), "too many parentheses inside each other");
    }
    var parts = new ArrayList<Ast>();
    parts.add(and(field));
    while (accept(Lexeme.Kind.OR)) {
      parts.add(and(field));
    }
    depth--;
    return parts.size() == 1 ? parts.getFirst() : new Ast.Or(parts);
  }

  private Ast and(String field) {
    var parts = new ArrayList<Ast>();
    parts.add(not(field));
    while (continues()) {
      accept(Lexeme.Kind.AND);
      parts.add(not(field));
    }
    return parts.size() == 1 ? parts.getFirst() : new Ast.And(parts);
  }

  private boolean continues() {
    return switch (peek().kind()) {
      case OR, CLOSE, END -> false;
      default -> true;
    };
  }

  private Ast not(String field) {
    boolean negated = false;
    while (accept(Lexeme.Kind.NOT)) {
      negated = !negated;
    }
    Ast part = primary(field);
    return negated ? new Ast.Not(part) : part;
  }

  private Ast primary(String field) {
    var lexeme = take();
    return switch (lexeme.kind()) {
      case OPEN -> group(field, lexeme);
      case PHRASE -> phrase(field, lexeme);
      case REGEX -> new Ast.Regex(field, lexeme.text(), lexeme.column());
      case RANGE -> Ranges.bracketed(needed(field, lexeme), lexeme);
      case WORD ->
          field.isEmpty() && peek().kind() == Lexeme.Kind.COLON
              ? fielded(lexeme)
              : Values.of(field, lexeme);
      case COLON ->
          throw new QueryFault(lexeme.column(), "a field's name is missing before the colon");
      case CLOSE -> throw new QueryFault(lexeme.column(), "nothing stands before this parenthesis");
      case AND, OR, NOT ->
          throw new QueryFault(lexeme.column(), lexeme.text() + " needs something on both sides");
      case END -> throw new QueryFault(lexeme.column(), "the query ends too early");
    };
  }

  private Ast group(String field, Lexeme open) {
    Ast inside = or(field);
    if (!accept(Lexeme.Kind.CLOSE)) {
      throw new QueryFault(open.column(), "this parenthesis is never closed");
    }
    return inside;
  }

  private static Ast phrase(String field, Lexeme lexeme) {
    return field.isEmpty()
        ? new Ast.Text(lexeme.text(), lexeme.column())
        : new Ast.Term(field, lexeme.text(), lexeme.column());
  }

  private Ast fielded(Lexeme name) {
    var colon = take();
    String field = SHORT.getOrDefault(name.text(), Values.unescape(name.text()));
    if (peek().kind() == Lexeme.Kind.END) {
      throw new QueryFault(colon.column(), "a value is missing after '" + name.text() + ":'");
    }
    return primary(field);
  }

  private static String needed(String field, Lexeme lexeme) {
    if (field.isEmpty()) {
      throw new QueryFault(lexeme.column(), "a range needs a field before it: field:[a TO b]");
    }
    return field;
  }

  private Lexeme peek() {
    return lexemes.get(at);
  }

  private Lexeme take() {
    return lexemes.get(at == lexemes.size() - 1 ? at : at++);
  }

  private boolean accept(Lexeme.Kind kind) {
    if (peek().kind() == kind) {
      at++;
      return true;
    }
    return false;
  }
}
