package mo.farol.hunt;

/** What is to be hunted can't be: the message says why, and what to write instead. */
public final class HuntFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HuntFault(String message) {
    super(message);
  }
}
