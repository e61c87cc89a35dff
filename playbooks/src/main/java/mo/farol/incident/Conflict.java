package mo.farol.incident;

/**
 * Somebody else changed the case first, or it does not allow what was asked; the message is for the
 * person who asked.
 */
public final class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Conflict(String message) {
    super(message);
  }
}
