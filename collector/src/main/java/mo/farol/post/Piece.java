package mo.farol.post;

import java.util.Arrays;
import mo.farol.event.FrameBatch;
import mo.farol.wire.FrameSink;

/** One frame of an HTTP body as it comes together; blanks around it are not part of it. */
final class Piece {
  private final int limit;
  private byte[] bytes = new byte[512];
  private int kept;
  // Bytes to the last one that is no blank, kept or not.
  private long significant;
  private long seen;

  Piece(int limit) {
    this.limit = limit;
  }

  /** Adds bytes; what goes beyond the limit is only counted. */
  void add(byte[] from, int start, int end) {
    int at = start;
    while (seen == 0 && at < end && isBlank(from[at])) {
      at++;
    }
    int last = end;
    while (last > at && isBlank(from[last - 1])) {
      last--;
    }
    if (last > at) {
      significant = seen + last - at;
    }
    int room = Math.min(end - at, limit - kept);
    if (kept + room > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(kept + room, kept * 2)));
    }
    System.arraycopy(from, at, bytes, kept, room);
    kept += room;
    seen += end - at;
  }

  /** Hands on what came together, unless it is nothing, and starts anew. */
  void emit(FrameSink out) {
    if (significant > 0) {
      boolean whole = significant <= limit;
      out.frame(
          bytes, 0, (int) Math.min(significant, limit), whole ? (byte) 0 : FrameBatch.TRUNCATED);
    }
    clear();
  }

  /** The bytes so far; starts anew. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, kept);
    clear();
    return taken;
  }

  boolean isEmpty() {
    return seen == 0;
  }

  void clear() {
    kept = 0;
    significant = 0;
    seen = 0;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
