package mo.farol.store;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that one answer may still take: a little of its own, and what is more out of a pool that
 * others draw on too. Belongs to one thread.
 */
final class Budget implements AutoCloseable {
  private static final long DRAUGHT = 256 << 10;

  private final @Nullable Pool pool;
  private final long whole;
  private long left;
  private long covered;
  private long drawn;

  /** All of its own. */
  Budget(long bytes) {
    this(bytes, bytes, null);
  }

  /**
   * @param bytes in all
   * @param own of them that it need not draw
   */
  Budget(long bytes, long own, @Nullable Pool pool) {
    this.pool = pool;
    whole = bytes;
    left = bytes;
    covered = own;
  }

  /** Takes some; false, and nothing taken, where there are not so many. */
  boolean take(long bytes) {
    if (bytes > left || !covers(whole - left + bytes)) {
      return false;
    }
    left -= bytes;
    return true;
  }

  private boolean covers(long taken) {
    if (taken <= covered) {
      return true;
    }
    long more = Math.max(DRAUGHT, taken - covered);
    if (pool == null || !pool.take(more)) {
      return false;
    }
    covered += more;
    drawn += more;
    return true;
  }

  /** Gives back what was taken and is no longer held; it stays drawn. */
  void give(long bytes) {
    left += bytes;
  }

  /** How many are left, if the pool has them. */
  long left() {
    return left;
  }

  /** Gives back to the pool all that was drawn: nothing is held any more. */
  @Override
  public void close() {
    if (pool != null) {
      pool.give(drawn);
    }
    covered -= drawn;
    drawn = 0;
  }
}
