package mo.farol.alert;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** The second reader: what Drools' own parser found is rules over facts, bounded in their joins. */
final class DrlShape {
  private static final int PATTERNS = 6;
  private static final int RULES = 200;
  private static final int SALIENCE = 1_000;
  private static final Set<String> FUNCTIONS =
      Set.of("count", "sum", "average", "min", "max", "collectList", "collectSet");
  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z0-9_]+");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(s|m)");

  private final RuleDescr rule;
  private final Set<String> known = new HashSet<>();
  private int patterns;

  private DrlShape(RuleDescr rule) {
    this.rule = rule;
  }

  /** Throws {@link DrlRefusal} at the first thing that is no rule, or no rule of ours. */
  static void check(PackageDescr file) {
    none(file.getFunctions(), "functions");
    none(file.getFunctionImports(), "imports of functions");
    none(file.getAccumulateImports(), "imports of accumulate functions");
    none(file.getTypeDeclarations(), "declared types");
    none(file.getEnumDeclarations(), "declared enums");
    none(file.getEntryPointDeclarations(), "entry points");
    none(file.getWindowDeclarations(), "declared windows");
    none(file.getAttributes(), "attributes of the whole file");
    if (file.getUnit() != null) {
      throw new DrlRefusal(1, "units are not for decision rules");
    }
    if (file.getRules().size() > RULES) {
      throw new DrlRefusal(1, "more than 200 rules in one file; make several of it");
    }
    file.getRules().forEach(rule -> new DrlShape(rule).rule());
  }

  private static void none(Collection<? extends BaseDescr> found, String what) {
    found.stream()
        .findFirst()
        .ifPresent(
            d -> {
              throw new DrlRefusal(d.getLine(), what + " are not for decision rules");
            });
  }

  private void rule() {
    if (rule.isQuery() || rule.hasParent() || !rule.getAnnotationNames().isEmpty()) {
      throw refused(rule, "queries, parents and annotations are not for decision rules");
    }
    if (!rule.getNamedConsequences().isEmpty()) {
      throw refused(rule, "a rule has one consequence");
    }
    rule.getAttributes().values().forEach(this::attribute);
    if (rule.getLhs() == null || rule.getLhs().getDescrs().isEmpty()) {
      throw refused(rule, "a rule without a condition would fire once and never again");
    }
    each(rule.getLhs().getDescrs());
  }

  private void attribute(AttributeDescr attribute) {
    String value = String.valueOf(attribute.getValue());
    boolean good =
        switch (attribute.getName()) {
          case "salience" ->
              value.matches("-?\\d{1,4}") && Math.abs(Integer.parseInt(value)) <= SALIENCE;
          case "no-loop", "enabled" -> value.equals("true") || value.equals("false");
          case "dialect" -> value.equals("java");
          default -> false;
        };
    if (!good) {
      throw refused(
          attribute,
          "attribute %s %s: allowed are salience from -1000 to 1000, no-loop, enabled and dialect \"java\""
              .formatted(attribute.getName(), Bounded.text(value, 40)));
    }
  }

  private void each(List<?> parts) {
    parts.forEach(part -> condition((BaseDescr) part));
  }

  private void condition(BaseDescr part) {
    switch (part) {
      case AndDescr and -> each(and.getDescrs());
      case OrDescr or -> each(or.getDescrs());
      case NotDescr not -> each(not.getDescrs());
      case ExistsDescr exists -> each(exists.getDescrs());
      case AccumulateDescr accumulate -> accumulate(accumulate);
      case PatternDescr pattern -> pattern(pattern);
      default ->
          throw refused(
              part,
              "conditions are patterns, and, or, not, exists and accumulate; no %s"
                  .formatted(
                      part.getClass()
                          .getSimpleName()
                          .replace("Descr", "")
                          .toLowerCase(java.util.Locale.ROOT)));
    }
  }

  private void accumulate(AccumulateDescr accumulate) {
    if (accumulate.getActionCode() != null
        || accumulate.getInitCode() != null
        || accumulate.getResultCode() != null
        || accumulate.getReverseCode() != null) {
      throw refused(accumulate, "accumulate takes functions, not code of its own");
    }
    for (var function : accumulate.getFunctions()) {
      if (!FUNCTIONS.contains(function.getFunction())) {
        throw refused(
            accumulate,
            "accumulate with " + String.join(", ", FUNCTIONS.stream().sorted().toList()));
      }
      if (function.getBind() != null) {
        known.add(function.getBind());
      }
    }
    if (accumulate.getInput() != null) {
      condition(accumulate.getInput());
    }
  }

  private void pattern(PatternDescr pattern) {
    if (pattern.getSource() instanceof AccumulateDescr accumulate
        && !DrlWords.FACTS.contains(String.valueOf(pattern.getObjectType()))) {
      accumulate(accumulate);
      known.addAll(pattern.getAllBoundIdentifiers());
      return;
    }
    if (pattern.getSource() != null || pattern.isQuery()) {
      throw refused(pattern, "'from' is not for decision rules");
    }
    String type = String.valueOf(pattern.getObjectType());
    if (!DrlWords.FACTS.contains(type)) {
      throw refused(
          pattern,
          "'%s' is no fact; facts are %s"
              .formatted(Bounded.text(type, 60), String.join(", ", DrlWords.FACTS)));
    }
    joined(pattern, type);
    pattern.getBehaviors().forEach(b -> span(pattern, b.getSubType(), b.getParameters()));
    known.addAll(pattern.getAllBoundIdentifiers());
    constraints(pattern)
        .forEach(text -> VARIABLE.matcher(text).results().forEach(m -> known.add(m.group())));
  }

  // Two kinds of facts that nothing ties together cost the product of their numbers.
  private void joined(PatternDescr pattern, String type) {
    if (++patterns > PATTERNS) {
      throw refused(pattern, "more than 6 facts in one rule");
    }
    boolean tied =
        constraints(pattern).stream()
            .flatMap(text -> VARIABLE.matcher(text).results())
            .anyMatch(found -> known.contains(found.group()));
    if (patterns > 1 && !tied) {
      throw refused(
          pattern,
          type + " is tied to nothing before it: compare a field with a $variable of a fact above");
    }
  }

  private void span(PatternDescr pattern, String kind, List<String> parameters) {
    var span = SPAN.matcher(parameters.isEmpty() ? "" : parameters.getFirst());
    boolean good =
        "time".equals(kind)
            && span.matches()
            && Integer.parseInt(span.group(1)) * (span.group(2).equals("m") ? 60 : 1) <= 15 * 60;
    if (!good) {
      throw refused(
          pattern, "a window is 'over window:time(15m)' at most; count longer ones in Sigma");
    }
  }

  private static List<String> constraints(PatternDescr pattern) {
    return pattern.getDescrs().stream()
        .map(
            d ->
                d instanceof ExprConstraintDescr e
                    ? e.getExpression()
                    : String.valueOf(d.getText()))
        .toList();
  }

  private DrlRefusal refused(BaseDescr where, String reason) {
    int line = where.getLine() > 0 ? where.getLine() : rule.getLine();
    return new DrlRefusal(line, "rule '%s': %s".formatted(rule.getName(), reason));
  }
}
