package mo.farol.syslog;

/** Bytes of a connection that wait for the rest of their frame. */
final class PartialFrame {
  private static final byte[] NOTHING = {};

  private final int limit;
  private byte[] bytes = NOTHING;
  private int length;

  /**
   * @param limit most bytes that may wait
   */
  PartialFrame(int limit) {
    this.limit = limit;
  }

  /** Those that wait, at the start of an array. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Memory held, in bytes. */
  int held() {
    return bytes.length;
  }

  /** Copies them to the start of an array; gives how many. */
  int restore(byte[] into) {
    System.arraycopy(bytes, 0, into, 0, length);
    return length;
  }

  /** From now on {@code from[start .. end)} waits, which may be some of what did. */
  void keep(byte[] from, int start, int end) {
    int more = end - start;
    if (more > bytes.length || more == 0) {
      bytes = more == 0 ? NOTHING : new byte[Math.min(limit, more * 2)];
    }
    System.arraycopy(from, start, bytes, 0, more);
    length = more;
  }

  void clear() {
    bytes = NOTHING;
    length = 0;
  }
}
