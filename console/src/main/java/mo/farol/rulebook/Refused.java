package mo.farol.rulebook;

import mo.farol.sigma.Refusal;

/**
 * A document that did not become a rule.
 *
 * @param refusal where and why
 * @param file as people know it
 * @param before whether the text of before stays in force in place of it
 */
public record Refused(Refusal refusal, String file, boolean before) {
  /** One line for a terminal or a log. */
  @Override
  public String toString() {
    return "%s:%d:%d: %s%s"
        .formatted(
            file,
            refusal.line(),
            refusal.column(),
            refusal.reason(),
            before ? " (the text of before stays in force)" : "");
  }
}
