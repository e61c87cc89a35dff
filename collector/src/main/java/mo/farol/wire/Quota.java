package mo.farol.wire;

/**
 * How fast someone may send in the long run; a second's worth may come at once. 0 is no limit.
 *
 * @param events a second
 * @param bytes a second
 */
public record Quota(long events, long bytes) {
  /** No limit. */
  public static final Quota NONE = new Quota(0, 0);

  public Quota {
    if (events < 0 || bytes < 0) {
      throw new IllegalArgumentException("a quota is 0 (none) or more a second");
    }
  }

  boolean isNone() {
    return events == 0 && bytes == 0;
  }
}
