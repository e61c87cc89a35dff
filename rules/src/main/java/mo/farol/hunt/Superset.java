package mo.farol.hunt;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mo.farol.match.RegexText;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.Check;
import mo.farol.sigma.Expr;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.Network;
import mo.farol.sigma.Op;
import mo.farol.sigma.SigmaRule;
import mo.farol.store.Clause;

/**
 * What the index is asked for to find every event that a rule may match, and some more: an algebra
 * of and, or and "anything". What the index can't tell, such as a negation or an expression without
 * a text that must stand in it, is anything, or at least the field.
 */
final class Superset {
  private static final String MESSAGE = "message";
  private static final int FEW_PARTS = 120;

  /**
   * What to ask.
   *
   * @param clause finds every match whose values the index keeps whole
   * @param cut fields of which an event is to be looked at as well where the index kept no more
   *     than the beginning of a value
   * @param source finds every event of the rule's log source
   */
  record Asked(Clause clause, Set<String> cut, Clause source) {
    Asked {
      cut = Set.copyOf(cut);
    }

    /** What of its log source may match. */
    Clause values() {
      var ways = new ArrayList<Clause>();
      ways.add(clause);
      if (!Clauses.isNone(clause) && !Clauses.isAll(clause)) {
        cut.forEach(field -> ways.add(new Clause.Kept.Cut(field)));
      }
      return Clauses.any(ways);
    }

    /** All in one. */
    Clause whole() {
      return Clauses.all(List.of(source, values()));
    }
  }

  private final RuleSettings settings;
  private final IndexNames names;
  private final boolean isFieldsOnly;
  private final Set<String> cut = new LinkedHashSet<>();
  private LogSource source = new LogSource("", "", "");

  private Superset(RuleSettings settings, IndexNames names, boolean isFieldsOnly) {
    this.settings = settings;
    this.names = names;
    this.isFieldsOnly = isFieldsOnly;
  }

  /** What may match a rule. */
  static Asked of(SigmaRule rule, RuleSettings settings, IndexNames names) {
    return new Superset(settings, names, false).of(rule);
  }

  /**
   * What has the fields without which a rule can't match, whatever their values: what could have
   * shown it.
   */
  static Clause fields(SigmaRule rule, RuleSettings settings, IndexNames names) {
    return new Superset(settings, names, true).of(rule).whole();
  }

  private Asked of(SigmaRule rule) {
    source = rule.logSource();
    var clause = Clauses.thinned(clause(rule.detection(), true), FEW_PARTS);
    return new Asked(clause, cut, new Sources(settings, names).of(source));
  }

  /**
   * @param wanted whether the expression is to hold; else it is not
   */
  private Clause clause(Expr expr, boolean wanted) {
    return switch (expr) {
      case Expr.All(var parts) -> wanted ? all(parts, true) : any(parts, false);
      case Expr.Any(var parts) -> wanted ? any(parts, true) : all(parts, false);
      case Expr.Not(var part) -> clause(part, !wanted);
      case Expr.Selection(_, var body) -> clause(body, wanted);
      case Expr.Match match -> wanted ? match(match) : denied(match);
    };
  }

  private Clause all(List<Expr> parts, boolean wanted) {
    return Clauses.all(parts.stream().map(part -> clause(part, wanted)).toList());
  }

  private Clause any(List<Expr> parts, boolean wanted) {
    return Clauses.any(parts.stream().map(part -> clause(part, wanted)).toList());
  }

  // Of a negation only this is known: what must not be absent is there.
  private Clause denied(Expr.Match match) {
    boolean isAbsence = match.check() instanceof Check.Null && !match.isKeyword();
    return isAbsence ? exists(match.field()) : Clauses.ALL;
  }

  private Clause match(Expr.Match match) {
    var check = match.check();
    if (!check.needsValue()) {
      return Clauses.ALL;
    }
    if (match.isKeyword()) {
      return isFieldsOnly ? Clauses.ALL : keyword(check);
    }
    var ways = new ArrayList<Clause>();
    for (String name : settings.fields().names(source, match.field())) {
      if (names.isOwn(name)) {
        return Clauses.ALL;
      }
      names.of(name).forEach(field -> ways.add(value(field, check)));
    }
    var clause = Clauses.any(ways);
    return check instanceof Check.Reference to
        ? Clauses.all(List.of(clause, exists(to.field())))
        : clause;
  }

  private Clause exists(String field) {
    var ways = new ArrayList<Clause>();
    for (String name : settings.fields().names(source, field)) {
      if (names.isOwn(name)) {
        return Clauses.ALL;
      }
      names.of(name).forEach(each -> ways.add(has(each)));
    }
    return Clauses.any(ways);
  }

  private static Clause has(String field) {
    return new Clause.Exists(field, 1);
  }

  private Clause value(String field, Check check) {
    if (isFieldsOnly) {
      return has(field);
    }
    return switch (check) {
      case Check.Text text -> text(field, text);
      case Check.Regex(var pattern) -> texts(field, RegexText.of(pattern));
      case Check.Cidr(var network) -> network(field, network);
      case Check.Compare compare -> number(field, compare);
      case Check.Exists _, Check.Null _, Check.Reference _, Check.DatePart _ -> has(field);
    };
  }

  private Clause text(String field, Check.Text text) {
    var stretches = Literals.of(text.glob());
    if (field.equals(MESSAGE)) {
      return words(stretches);
    }
    if (text.glob().length() > 0 && Literals.isWhole(text.glob())) {
      return new Clause.Kept.OneOf(field, List.of(text.glob().text()));
    }
    return Literals.best(stretches).map(best -> stretch(field, best)).orElseGet(() -> has(field));
  }

  // What begins with a text does so where the rest was cut, too.
  private Clause stretch(String field, Literals.Stretch stretch) {
    if (!stretch.begins()) {
      cut.add(field);
    }
    return Literals.pattern(field, stretch);
  }

  private Clause words(List<Literals.Stretch> stretches) {
    var words = Literals.words(stretches);
    if (Clauses.isAll(words)) {
      return has(MESSAGE);
    }
    cut.add(MESSAGE);
    return words;
  }

  private static Literals.Stretch inside(String text) {
    return new Literals.Stretch(text, false, false);
  }

  private Clause texts(String field, List<String> texts) {
    if (texts.isEmpty()) {
      return has(field);
    }
    return Clauses.any(
        texts.stream()
            .map(
                text ->
                    field.equals(MESSAGE)
                        ? words(List.of(inside(text)))
                        : stretch(field, inside(text)))
            .toList());
  }

  private Clause keyword(Check check) {
    return switch (check) {
      case Check.Text text -> anywhere(Literals.of(text.glob()));
      case Check.Regex(var pattern) -> {
        var texts = RegexText.of(pattern);
        yield texts.isEmpty()
            ? Clauses.ALL
            : Clauses.any(texts.stream().map(text -> anywhere(List.of(inside(text)))).toList());
      }
      case Check.Cidr _, Check.Compare _, Check.Exists _, Check.Null _ -> Clauses.ALL;
      case Check.Reference _, Check.DatePart _ -> Clauses.ALL;
    };
  }

  private Clause anywhere(List<Literals.Stretch> stretches) {
    var best = Literals.best(stretches);
    if (best.isEmpty()) {
      return Clauses.ALL;
    }
    return Clauses.any(
        List.of(
            new Clause.Kept.Anywhere(List.of(Literals.cut(best.get().text()))),
            names.of(MESSAGE).isEmpty() ? Clauses.NONE : words(stretches)));
  }

  // The index reads plain decimal numbers; what else may be one to a rule is asked for by its look.
  private static Clause number(String field, Check.Compare compare) {
    String number = compare.number().toPlainString();
    if (field.equals(MESSAGE) || number.length() > 30) {
      return has(field);
    }
    boolean isBelow = compare.op() == Op.LT || compare.op() == Op.LTE;
    boolean isAbove = compare.op() == Op.GT || compare.op() == Op.GTE;
    if (!isBelow && !isAbove) {
      return has(field);
    }
    return Clauses.any(
        List.of(
            new Clause.Range(field, isAbove ? number : "", true, isBelow ? number : "", true, 1),
            new Clause.Regex(field, "\\+.*|.*e.*|.{33,40}", 1)));
  }

  private static Clause network(String field, Network network) {
    if (field.endsWith(".ip")) {
      return new Clause.Cidr(field, network.toString(), 1);
    }
    if (field.equals(MESSAGE) || network.bits() < Byte.SIZE) {
      return has(field);
    }
    var six = new Clause.Wildcard(field, "*:*", 1);
    return network.address().length > 4
        ? six
        : Clauses.any(
            List.of(
                six,
                new Clause.Wildcard(field, (network.address()[0] & 0xff) + ".*", 1),
                new Clause.Wildcard(field, "0*", 1)));
  }
}
