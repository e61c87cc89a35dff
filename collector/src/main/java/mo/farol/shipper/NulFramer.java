package mo.farol.shipper;

import mo.farol.event.FrameBatch;
import mo.farol.wire.Cutter;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gathering;

/** Cuts one GELF connection's bytes at each NUL; line ends around a frame are no part of it. */
final class NulFramer implements Cutter {
  private final int limit;
  private final Gathering rest;
  // Whether a NUL has ended a message.
  private boolean ends;

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
        emit(bytes, at, end, (byte) 0, out);
      } else {
        rest.add(bytes, at, end);
        emitRest((byte) 0, out);
      }
      ends = true;
      at = end + 1;
    }
    rest.add(bytes, at, to);
  }

  /** A sender of one message a connection may leave out its NUL. */
  @Override
  public boolean end(FrameSink out, boolean broken) {
    boolean partial = broken || ends;
    return emitRest(partial ? FrameBatch.PARTIAL : 0, out) && partial;
  }

  @Override
  public long unfinished() {
    return rest.seen();
  }

  @Override
  public long held() {
    return rest.held();
  }

  // Whether there was anything.
  private boolean emitRest(byte mark, FrameSink out) {
    boolean any = rest.isCut();
    if (any) {
      rest.emit(0, limit, mark, out);
    } else {
      any = emit(rest.bytes(), 0, rest.kept(), mark, out);
    }
    rest.release();
    return any;
  }

  private static int find(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != 0) {
      i++;
    }
    return i;
  }

  private static boolean emit(byte[] bytes, int from, int to, byte mark, FrameSink out) {
    int start = from;
    int end = to;
    while (start < end && isLineEnd(bytes[start])) {
      start++;
    }
    while (end > start && isLineEnd(bytes[end - 1])) {
      end--;
    }
    if (end > start) {
      out.frame(bytes, start, end, mark);
    }
    return end > start;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
