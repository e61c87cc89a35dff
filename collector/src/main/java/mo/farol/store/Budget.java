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

  /** Gives back what was taken and is no longer held. */
  void give(long bytes) {
    left += bytes;
  }

  /** How many are left. */
  long left() {
    return left;
  }
}
