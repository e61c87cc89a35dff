package mo.farol.sigma;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When an expression holds, as one text: the same for two expressions that only differ in the order
 * of their parts, the names of their search identifiers or the way they were written down.
 */
final class Meaning {
  private static final String MARKS = "*?~\"\\";

  private final LogSource source;
  private final Names names;

  Meaning(LogSource source, Names names) {
    this.source = source;
    this.names = names;
  }

  String of(Expr expr) {
    return switch (expr) {
      case Expr.All all -> joined("all", parts(all));
      case Expr.Any any -> joined("any", parts(any));
      case Expr.Not(var part) -> "not(" + of(part) + ")";
      case Expr.Selection(_, var body) -> of(body);
      case Expr.Match match -> of(match);
    };
  }

  // An AND within an AND is one AND; so with OR.
  private SortedSet<String> parts(Expr expr) {
    SortedSet<String> parts = new TreeSet<>();
    collect(expr, expr instanceof Expr.All, parts);
    return parts;
  }

  private void collect(Expr expr, boolean all, SortedSet<String> into) {
    switch (expr) {
      case Expr.All(var parts) when all -> parts.forEach(part -> collect(part, true, into));
      case Expr.Any(var parts) when !all -> parts.forEach(part -> collect(part, false, into));
      case Expr.Selection(_, var body) -> collect(body, all, into);
      case Expr other -> into.add(of(other));
    }
  }

  private static String joined(String word, SortedSet<String> parts) {
    return parts.size() == 1 ? parts.first() : word + "(" + String.join(",", parts) + ")";
  }

  private String of(Expr.Match match) {
    return (match.isKeyword() ? "any field" : field(match.field())) + " " + of(match.check());
  }

  private String field(String field) {
    return names.field(source, field).stream()
        .map(Meaning::quoted)
        .collect(Collectors.joining("|"));
  }

  private String of(Check check) {
    return switch (check) {
      case Check.Text(var glob, boolean cased) -> (cased ? "cased " : "is ") + text(glob);
      case Check.Regex(var pattern) -> "re " + pattern.flags() + quoted(pattern.pattern());
      case Check.Cidr(var network) -> "cidr " + network;
      case Check.Exists(boolean present) -> "exists " + present;
      case Check.Null() -> "null";
      case Check.Compare(var op, var number) ->
          op.word() + " " + number.stripTrailingZeros().toPlainString();
      case Check.Reference(String field, var place, boolean cased) ->
          "field " + place + " " + cased + " " + field(field);
      case Check.DatePart(var part, var op, long number) ->
          part + " " + op.word() + " " + number + " " + names.zone();
    };
  }

  private static String text(Glob glob) {
    var text = new StringBuilder("\"");
    glob.parts()
        .forEach(
            part -> {
              switch (part) {
                case Glob.RUN -> text.append('*');
                case Glob.ONE -> text.append('?');
                case Glob.DASH -> text.append('~');
                default -> escape(part, text);
              }
            });
    return text.append('"').toString();
  }

  private static String quoted(String plain) {
    var text = new StringBuilder("\"");
    plain.codePoints().forEach(c -> escape(c, text));
    return text.append('"').toString();
  }

  private static void escape(int c, StringBuilder into) {
    if (c < 128 && MARKS.indexOf(c) >= 0) {
      into.append('\\');
    }
    into.appendCodePoint(c);
  }

  /** Words in any order, each once. */
  static String set(List<String> words) {
    return new TreeSet<>(words).toString();
  }
}
