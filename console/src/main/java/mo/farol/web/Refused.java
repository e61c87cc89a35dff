package mo.farol.web;

/** A request is turned down: status, what it is called, and what to do about it. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String title;

  public Refused(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** What it is called. */
  public String title() {
    return title;
  }
}
