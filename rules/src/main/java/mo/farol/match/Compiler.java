package mo.farol.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mo.farol.sigma.Check;
import mo.farol.sigma.Expr;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.SigmaFilter;
import mo.farol.sigma.SigmaRule;

/** Makes {@link CompiledRule}s that share their columns and atoms. */
final class Compiler {
  private static final int SEVERAL = 4;
  private static final int MANY = 12;

  private final FieldMap fields;
  private final Columns columns;
  private final Atoms atoms = new Atoms();
  private final Map<LogSource, Map<String, Integer>> known = new HashMap<>();
  private final List<SigmaFilter> tried;

  /**
   * @param tried filters in shadow
   */
  Compiler(FieldMap fields, Columns columns, List<SigmaFilter> tried) {
    this.fields = fields;
    this.columns = columns;
    this.tried = tried;
  }

  CompiledRule compile(SigmaRule rule, int ordinal) {
    var trials =
        tried.stream()
            .filter(filter -> filter.isTriedOn(rule))
            .map(f -> new CompiledRule.Trial(f.ref(), node(f.keeps(), rule.logSource())))
            .toList();
    return new CompiledRule(rule, ordinal, node(rule.detection(), rule.logSource()), trials);
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

  /** Texts of one column, and networks, are put together: a long list is asked in one go. */
  private Node any(List<Node> parts) {
    var texts = new LinkedHashMap<Integer, List<Node>>();
    var globs = new LinkedHashMap<Integer, List<Node>>();
    var networks = new LinkedHashMap<Integer, List<Node>>();
    var others = new ArrayList<Node>();
    for (Node part : parts) {
      if (part instanceof Node.Leaf leaf && Atoms.isPlainText(leaf.atom)) {
        texts.computeIfAbsent(leaf.atom.column, _ -> new ArrayList<>()).add(part);
      } else if (part instanceof Node.Leaf leaf && Atoms.isGlob(leaf.atom)) {
        globs.computeIfAbsent(leaf.atom.column, _ -> new ArrayList<>()).add(part);
      } else if (part instanceof Node.Leaf leaf && Atoms.isNetwork(leaf.atom)) {
        networks.computeIfAbsent(leaf.atom.column, _ -> new ArrayList<>()).add(part);
      } else {
        others.add(part);
      }
    }
    texts.forEach((column, some) -> together(some, SEVERAL, others, all -> atoms.set(column, all)));
    globs.forEach((column, some) -> together(some, MANY, others, all -> atoms.globs(column, all)));
    networks.forEach(
        (column, some) -> together(some, SEVERAL, others, all -> atoms.networks(column, all)));
    return new Node.Any(others);
  }

  private static void together(
      List<Node> some, int least, List<Node> into, Function<List<Atom>, Atom> as) {
    if (some.size() < least) {
      into.addAll(some);
    } else {
      var leaves = some.stream().map(Node.Leaf.class::cast).map(leaf -> leaf.atom).toList();
      into.add(new Node.Several(some, as.apply(leaves)));
    }
  }

  private Node leaf(Expr.Match match, LogSource source) {
    int column = match.isKeyword() ? Columns.EVERY : column(match.field(), source);
    int other = match.check() instanceof Check.Reference to ? column(to.field(), source) : -1;
    return new Node.Leaf(atoms.atom(column, match.check(), match.field(), other));
  }

  private int column(String field, LogSource source) {
    return known
        .computeIfAbsent(source, _ -> new HashMap<>())
        .computeIfAbsent(field, _ -> columns.column(fields.names(source, field)));
  }
}
