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
    return called(ref.versioned(version.apply(ref.id())));
  }

  /** The same under another id. */
  SigmaFilter called(String id) {
    return called(ref.called(id));
  }

  private SigmaFilter called(RuleRef other) {
    return new SigmaFilter(
        other, logSource, rules, polarity, selection, condition, description, path, line, column);
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

  /**
   * Whether it is tried on a rule: it is in shadow, the rule in force, and it would apply to it.
   */
  public boolean isTriedOn(SigmaRule rule) {
    return Shadow.is(ref.id()) && !Shadow.is(rule.ref().id()) && fits(rule);
  }

  /**
   * Whether it changes a rule. One in shadow changes rules in shadow of its own draft, as both
   * would be once they are published.
   */
  boolean appliesTo(SigmaRule rule) {
    boolean mine = Shadow.is(rule.ref().id()) && path.equals(rule.path());
    return (mine || !Shadow.is(ref.id())) && fits(rule);
  }

  private boolean fits(SigmaRule rule) {
    return names(rule) && logSource.covers(rule.logSource());
  }

  /** Whether it is meant for a rule, by id or name or because it names none. */
  private boolean names(SigmaRule rule) {
    return rules.isEmpty()
        || rules.contains(Shadow.plain(rule.ref().id()))
        || rules.contains(rule.name());
  }
}
