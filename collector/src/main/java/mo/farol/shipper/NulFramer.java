package mo.farol.shipper;

import mo.farol.event.FrameBatch;
import mo.farol.wire.FrameSink;

/** Cuts one GELF connection's bytes at each NUL, however they are chunked. */
final class NulFramer {
  private final int limit;
  private final Piece rest;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  NulFramer(int limit) {
    this.limit = limit;
    this.rest = new Piece(limit);
  }

  /** Cuts the next bytes. */
  void take(byte[] bytes, int from, int to, FrameSink out) {
    int at = from;
    for (int end = find(bytes, at, to); end < to; end = find(bytes, at, to)) {
      if (rest.seen() == 0) {
        emit(bytes, at, Math.min(end, at + limit), end - at > limit, out);
      } else {
        rest.add(bytes, at, end);
        end(out);
      }
      at = end + 1;
    }
    if (at < to) {
      rest.add(bytes, at, to);
    }
  }

  /** The connection ended: what is left is kept as a frame. */
  void end(FrameSink out) {
    emit(rest.bytes(), 0, rest.kept(), rest.isCut(), out);
    rest.clear();
  }

  private static int find(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != 0) {
      i++;
    }
    return i;
  }

  // Line ends around a frame are no part of it.
  private static void emit(byte[] bytes, int from, int to, boolean cut, FrameSink out) {
    int start = from;
    int end = to;
    while (start < end && isLineEnd(bytes[start])) {
      start++;
    }
    while (end > start && isLineEnd(bytes[end - 1])) {
      end--;
    }
    if (end > start) {
      out.frame(bytes, start, end, cut ? FrameBatch.TRUNCATED : (byte) 0);
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
