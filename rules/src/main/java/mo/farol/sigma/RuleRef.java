package mo.farol.sigma;

/**
 * Which text of which rule spoke.
 *
 * @param id the rule's id, a UUID for Sigma rules, a name for decision rules
 * @param version 12 hexadecimal digits of a hash of what it means: decision record 0004
 * @param title for people
 */
public record RuleRef(String id, String version, String title) {
  /** The same under another id. */
  RuleRef called(String other) {
    return new RuleRef(other, version, title);
  }

  /** The same rule in another version. */
  public RuleRef versioned(String other) {
    return new RuleRef(id, other, title);
  }
}
