package mo.farol.store;

/** Bytes that one answer may still take. Belongs to one thread. */
final class Budget {
  private long left;

  Budget(long bytes) {
    left = bytes;
  }

  /** Takes some; false, and nothing taken, where there are not so many. */
  boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }
}
