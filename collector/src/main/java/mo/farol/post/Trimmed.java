package mo.farol.post;

import java.util.Arrays;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gathering;

/** One frame of an HTTP body as it comes together; blanks around it are not part of it. */
final class Trimmed {
  private final int limit;
  private final Gathering bytes;
  // Bytes to the last one that is no blank, kept or not.
  private long significant;

  Trimmed(int limit) {
    this.limit = limit;
    this.bytes = new Gathering(limit);
  }

  /** Adds bytes; what goes beyond the limit is only measured. */
  void add(byte[] from, int start, int end) {
    int at = start;
    while (isEmpty() && at < end && isBlank(from[at])) {
      at++;
    }
    int last = end;
    while (last > at && isBlank(from[last - 1])) {
      last--;
    }
    if (last > at) {
      significant = bytes.seen() + last - at;
    }
    bytes.add(from, at, end);
  }

  /** Hands on what came together, unless it is nothing, and starts anew. */
  void emit(FrameSink out) {
    if (significant > 0) {
      if (significant <= limit) {
        bytes.forgetWhole();
      }
      bytes.emit(0, (int) Math.min(significant, limit), (byte) 0, out);
    }
    clear();
  }

  /** The bytes so far; starts anew. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes.bytes(), bytes.kept());
    clear();
    return taken;
  }

  boolean isEmpty() {
    return bytes.seen() == 0;
  }

  void clear() {
    bytes.clear();
    significant = 0;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
