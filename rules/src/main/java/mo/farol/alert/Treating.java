package mo.farol.alert;

import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * What a treating rule may do to a {@link Draft}, known to it as {@code desk.treat(drools,
 * $draft)}. Every deed says why.
 */
public final class Treating {
  private final RuleRef rule;
  private final Treatment treatment;

  Treating(RuleRef rule, Treatment treatment) {
    this.rule = rule;
    this.treatment = treatment;
  }

  /** Makes it at least as grave as this level. */
  public Treating atLeast(String level, String because) {
    var to = Level.ofWord(level);
    if (!treatment.level().isAtLeast(to)) {
      treatment.level(to, rule, because);
    }
    return this;
  }

  /** Makes it this grave. */
  public Treating level(String level, String because) {
    treatment.level(Level.ofWord(level), rule, because);
    return this;
  }

  /** Another title; {@code {title}}, {@code {host}}, {@code {user}}, {@code {ip}} are filled in. */
  public Treating title(String title, String because) {
    treatment.title(title, rule, because);
    return this;
  }

  /** What kind of incident it would be: a class of the RSIT, or a word of the centre's own. */
  public Treating category(String category, String because) {
    treatment.category(category, rule, because);
    return this;
  }

  /** Tells these people of it, by the names they sign in with: {@code ana|rui}. */
  public Treating tell(String who, String because) {
    treatment.told(Treatment.people(who), rule, because);
    return this;
  }

  /** Keeps it out of the queue; it is counted and can be seen. */
  public Treating suppress(String because) {
    treatment.suppress(
        new Suppression(Suppression.Kind.RULE, rule.id(), rule.title(), because), rule);
    return this;
  }
}
