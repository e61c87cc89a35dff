package mo.farol.match;

import mo.farol.sigma.Check;
import mo.farol.sigma.Expr;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.SigmaRule;

/** Makes {@link CompiledRule}s that share their columns and atoms. */
final class Compiler {
  private final FieldMap fields;
  private final Columns columns;
  private final Atoms atoms = new Atoms();

  Compiler(FieldMap fields, Columns columns) {
    this.fields = fields;
    this.columns = columns;
  }

  CompiledRule compile(SigmaRule rule, int ordinal) {
    return new CompiledRule(rule, ordinal, node(rule.detection(), rule.logSource()));
  }

  private Node node(Expr expr, LogSource source) {
    return switch (expr) {
      case Expr.All(var parts) ->
          new Node.All(parts.stream().map(part -> node(part, source)).toList());
      case Expr.Any(var parts) ->
          new Node.Any(parts.stream().map(part -> node(part, source)).toList());
      case Expr.Not(var part) -> new Node.Not(node(part, source));
      case Expr.Selection(var name, var body) -> new Node.Selection(name, node(body, source));
      case Expr.Match match -> leaf(match, source);
    };
  }

  private Node leaf(Expr.Match match, LogSource source) {
    int column = match.isKeyword() ? Columns.EVERY : column(match.field(), source);
    int other = match.check() instanceof Check.Reference to ? column(to.field(), source) : -1;
    return new Node.Leaf(atoms.atom(column, match.check(), match.field(), other));
  }

  private int column(String field, LogSource source) {
    return columns.column(fields.names(source, field));
  }
}
