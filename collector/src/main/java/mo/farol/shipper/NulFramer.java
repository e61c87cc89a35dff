package mo.farol.shipper;

import mo.farol.wire.Cutter;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gathering;

/** Cuts one GELF connection's bytes at each NUL; line ends around a frame are no part of it. */
final class NulFramer implements Cutter {
  private final int limit;
  private final Gathering rest;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  NulFramer(int limit) {
    this.limit = limit;
    this.rest = new Gathering(limit);
  }

  @Override
  public void cut(byte[] bytes, int to, FrameSink out) {
    int at = 0;
    for (int end = find(bytes, at, to); end < to; end = find(bytes, at, to)) {
      if (rest.seen() == 0 && end - at <= limit) {
        emit(bytes, at, end, out);
      } else {
        rest.add(bytes, at, end);
        end(out);
      }
      at = end + 1;
    }
    rest.add(bytes, at, to);
  }

  @Override
  public void end(FrameSink out) {
    if (rest.isCut()) {
      rest.emit(0, limit, (byte) 0, out);
    } else {
      emit(rest.bytes(), 0, rest.kept(), out);
    }
    rest.release();
  }

  @Override
  public long unfinished() {
    return rest.seen();
  }

  private static int find(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != 0) {
      i++;
    }
    return i;
  }

  private static void emit(byte[] bytes, int from, int to, FrameSink out) {
    int start = from;
    int end = to;
    while (start < end && isLineEnd(bytes[start])) {
      start++;
    }
    while (end > start && isLineEnd(bytes[end - 1])) {
      end--;
    }
    if (end > start) {
      out.frame(bytes, start, end, (byte) 0);
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
