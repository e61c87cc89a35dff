package mo.farol.rulebook;

/**
 * A file of a rule folder whose change waits for a second person.
 *
 * @param file as people know it
 * @param text that it holds now; empty where it went
 */
public record PendingChange(String file, String text) {
  /** Whether the file went. */
  public boolean isGone() {
    return text.isEmpty();
  }
}
