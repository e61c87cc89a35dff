package mo.farol.alert;

/**
 * What a rule in shadow would have said at one agency, since it was asked last.
 *
 * @param rule its id, without the mark of a shadow
 * @param version of what it means
 * @param agency whose events
 * @param matches events that matched
 * @param crossings groups that crossed: of a rule that counts over time
 */
public record ShadowCount(
    String rule, String version, String agency, long matches, long crossings) {}
