package mo.farol.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import mo.farol.sigma.Check;
import mo.farol.sigma.Expr;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.SigmaRule;

/** Makes {@link CompiledRule}s that share their columns and atoms. */
final class Compiler {
  private static final int SEVERAL = 4;
  private static final int MANY = 500;

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
      case Expr.Any(var parts) -> any(parts.stream().map(part -> node(part, source)).toList());
      case Expr.Not(var part) -> new Node.Not(node(part, source));
      case Expr.Selection(var name, var body) -> new Node.Selection(name, node(body, source));
      case Expr.Match match -> leaf(match, source);
    };
  }

  /** Plain texts of one column are put together, so that a long list is asked in one go. */
  private Node any(List<Node> parts) {
    var byColumn = new LinkedHashMap<Integer, List<Node>>();
    var others = new ArrayList<Node>();
    for (Node part : parts) {
      if (part instanceof Node.Leaf leaf && Atoms.isPlainText(leaf.atom)) {
        byColumn.computeIfAbsent(leaf.atom.column, _ -> new ArrayList<>()).add(part);
      } else {
        others.add(part);
      }
    }
    byColumn.forEach((column, texts) -> together(column, texts, others));
    return new Node.Any(others);
  }

  private void together(int column, List<Node> texts, List<Node> into) {
    var leaves = texts.stream().map(Node.Leaf.class::cast).map(leaf -> leaf.atom).toList();
    if (leaves.size() < SEVERAL || leaves.size() > MANY) {
      into.addAll(texts);
    } else {
      into.add(new Node.Several(texts, atoms.set(column, leaves)));
    }
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
