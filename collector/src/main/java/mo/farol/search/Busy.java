package mo.farol.search;

/** Too many tables are worked out already; the same question may be asked again in a moment. */
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1;

  Busy() {
    super("Other queries with stages are worked out now; ask again in some seconds.");
  }
}
