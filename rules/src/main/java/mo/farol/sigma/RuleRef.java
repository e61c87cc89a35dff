package mo.farol.sigma;

/**
 * Which text of which rule spoke.
 *
 * @param id the rule's id, a UUID for Sigma rules, a name for decision rules
 * @param version first 12 hexadecimal digits of the SHA-256 of the file it came from
 * @param title for people
 */
public record RuleRef(String id, String version, String title) {}
