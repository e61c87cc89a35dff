package mo.farol.playbook;

/** A document is no playbook Farol can run; the message says where and why. */
public final class PlaybookFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PlaybookFault(String message) {
    super(message);
  }
}
