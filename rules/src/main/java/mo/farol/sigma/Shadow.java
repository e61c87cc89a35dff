package mo.farol.sigma;

/**
 * Ids of rules in shadow: they are matched and counted beside those in force and raise no alert. A
 * rule in force may have a shadow of the same id, so a shadow's bears a mark.
 */
public final class Shadow {
  private static final String MARK = "shadow:";

  private Shadow() {}

  /** Whether an id is a shadow's. */
  public static boolean is(String id) {
    return id.startsWith(MARK);
  }

  /** The id of a rule's shadow. */
  public static String of(String id) {
    return MARK + id;
  }

  /** The id as the rule has it, shadow or not; of a text, all of them. */
  public static String plain(String text) {
    return text.replace(MARK, "");
  }
}
