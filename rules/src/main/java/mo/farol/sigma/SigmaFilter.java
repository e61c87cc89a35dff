package mo.farol.sigma;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One compiled Sigma filter: the same exception for many rules. Sigma filters specification 2.1.0;
 * what it leaves open, polarity and scope, is settled in the decision record 0002.
 *
 * @param ref id, version and title
 * @param logSource rules of which it applies to; an empty part means any
 * @param rules ids or names of the rules it applies to, none meaning every rule of the log source
 * @param polarity what becomes of events that satisfy it
 * @param selection when an event satisfies it
 * @param condition the same in words
 * @param description as written
 * @param path file it came from
 * @param line where it begins, from 1
 * @param column from 1
 */
public record SigmaFilter(
    RuleRef ref,
    LogSource logSource,
    List<String> rules,
    Polarity polarity,
    Expr selection,
    String condition,
    String description,
    Path path,
    int line,
    int column) {
  public SigmaFilter {
    rules = List.copyOf(rules);
  }

  /** What becomes of the events that satisfy a filter's condition. */
  public enum Polarity {
    /** They are suppressed, as the specification says. */
    SUPPRESS,
    /** They alone are kept; others are suppressed. */
    KEEP
  }

  /** The same in the version that its id has. */
  SigmaFilter versioned(UnaryOperator<String> version) {
    return new SigmaFilter(
        ref.versioned(version.apply(ref.id())),
        logSource,
        rules,
        polarity,
        selection,
        condition,
        description,
        path,
        line,
        column);
  }

  /** What must hold of an event beside the rule. */
  public Expr keeps() {
    return polarity == Polarity.KEEP ? selection : new Expr.Not(selection);
  }

  /** The condition of a rule with this filter applied, for people. */
  String joined(String rule) {
    return "(%s) and %s(%s of filter \"%s\")"
        .formatted(rule, polarity == Polarity.KEEP ? "" : "not ", condition, ref.title().strip());
  }

  /** Whether it is meant for a rule, by id or name or because it names none. */
  boolean names(SigmaRule rule) {
    return rules.isEmpty()
        || rules.contains(Shadow.plain(rule.ref().id()))
        || rules.contains(rule.name());
  }
}
