package mo.farol.shipper;

import java.util.Arrays;

/**
 * One frame as it comes together over several reads; what goes beyond the limit is only counted.
 */
final class Piece {
  private static final byte[] NOTHING = {};

  private final int limit;
  private byte[] bytes = NOTHING;
  private long seen;

  Piece(int limit) {
    this.limit = limit;
  }

  void add(byte[] from, int start, int end) {
    int kept = kept();
    int keep = Math.min(end - start, limit - kept);
    if (kept + keep > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, (kept + keep) * 2));
    }
    System.arraycopy(from, start, bytes, kept, keep);
    seen += end - start;
  }

  /** The array whose first {@link #kept} bytes are what came together. */
  byte[] bytes() {
    return bytes;
  }

  int kept() {
    return (int) Math.min(seen, limit);
  }

  /** Bytes seen, kept or not. */
  long seen() {
    return seen;
  }

  boolean isCut() {
    return seen > limit;
  }

  void clear() {
    bytes = NOTHING;
    seen = 0;
  }
}
