package mo.farol.syslog;

import mo.farol.event.FrameBatch;
import mo.farol.wire.FrameSink;

/**
 * Cuts one connection's bytes into frames: RFC 6587 octet counting (section 3.4.1), LF, CRLF or NUL
 * after each (section 3.4.2), or nothing between them. Which it is shows itself: a first count or a
 * first delimiter decides, and from then on frames are no longer guessed. However the bytes are
 * chunked, the frames are the same. Pure; one connection, one thread.
 */
final class Framer {
  private enum Kind {
    UNKNOWN,
    COUNTED,
    DELIMITED
  }

  private static final int WAIT = -1;
  private static final int COUNT_DIGITS = 7;
  private static final byte WHOLE = 0;
  private static final byte[] NOTHING = {};

  private final int limit;
  private final boolean guess;
  private Kind kind = Kind.UNKNOWN;
  private byte[] rest = NOTHING;
  private int restLength;
  // How much of the waiting frame holds no delimiter: not searched twice.
  private int searched;
  private int skipBytes;
  private boolean skipsLine;
  private long badCounts;

  /**
   * @param limit bytes of the longest frame kept whole
   * @param guess whether messages with nothing between them are told apart by how they begin; off
   *     where an agency is pinned, for there a text that looks like a beginning would forge a
   *     second event
   */
  Framer(int limit, boolean guess) {
    this.limit = limit;
    this.guess = guess;
  }

  /** Most bytes that {@link #restore} gives back. */
  static int restLimit(int limit) {
    return limit + COUNT_DIGITS + 2;
  }

  /** Puts the bytes that wait for the rest of their frame at the start of an array. */
  int restore(byte[] into) {
    System.arraycopy(rest, 0, into, 0, restLength);
    return restLength;
  }

  /** Cuts bytes that begin with what {@link #restore} gave; keeps what is not yet whole. */
  void cut(byte[] bytes, int to, FrameSink out) {
    int at = 0;
    while (at < to) {
      int next = step(bytes, at, to, out);
      if (next == WAIT) {
        break;
      }
      at = next;
      searched = 0;
    }
    keep(bytes, at, to);
  }

  /**
   * The sender went quiet: what looks like a whole message of an undelimited sender is one, and an
   * oversize one has ended.
   */
  void quiet(FrameSink out) {
    if (!guess || kind != Kind.UNKNOWN) {
      return;
    }
    if (skipsLine) {
      skipsLine = false;
      restLength = 0;
    } else if (restLength > 0 && Undelimited.looksWhole(rest, 0, restLength)) {
      split(rest, 0, restLength, FrameBatch.GUESSED, out);
      clear();
    }
  }

  /** Time has passed without a delimiter: messages glued together are cut apart, the last waits. */
  void unglue(FrameSink out) {
    if (guess && kind == Kind.UNKNOWN && !skipsLine) {
      keep(rest, splitAllButLast(rest, 0, restLength, out), restLength);
      searched = 0;
    }
  }

  /** The connection ended: what is left is kept as a frame. */
  void end(FrameSink out) {
    if (restLength > 0 && !skipsLine) {
      int from = kind == Kind.DELIMITED ? 0 : afterCount(rest, 0, restLength);
      boolean whole = kind == Kind.UNKNOWN && from <= 0;
      split(rest, Math.max(0, from), restLength, whole ? WHOLE : FrameBatch.GUESSED, out);
    }
    clear();
  }

  /** Whether bytes wait on a connection that has not yet shown how it ends its frames. */
  boolean isWaitingUndecided() {
    return kind == Kind.UNKNOWN && (restLength > 0 || skipsLine);
  }

  /** Frames on a counting connection that did not begin with a count. */
  long badCounts() {
    return badCounts;
  }

  private int step(byte[] bytes, int at, int to, FrameSink out) {
    if (skipBytes > 0) {
      int here = Math.min(skipBytes, to - at);
      skipBytes -= here;
      return at + here;
    }
    if (skipsLine) {
      return skipLine(bytes, at, to);
    }
    boolean mayCount = kind != Kind.DELIMITED && bytes[at] >= '1' && bytes[at] <= '9';
    return mayCount ? counted(bytes, at, to, out) : delimited(bytes, at, to, out);
  }

  private int counted(byte[] bytes, int at, int to, FrameSink out) {
    int start = afterCount(bytes, at, to);
    if (start == WAIT) {
      return WAIT;
    }
    if (start == 0) {
      return delimited(bytes, at, to, out);
    }
    kind = Kind.COUNTED;
    int count = 0;
    for (int i = at; bytes[i] != ' '; i++) {
      count = count * 10 + bytes[i] - '0';
    }
    if (to - start < Math.min(count, limit)) {
      return WAIT;
    }
    if (count > limit) {
      out.frame(bytes, start, start + limit, FrameBatch.TRUNCATED);
      skipBytes = count - limit;
      return start + limit;
    }
    emit(bytes, start, withoutLineEnd(bytes, start, start + count), out);
    return start + count;
  }

  // Index of the '<' after "count ", 0 where there is no count, WAIT where that can't be said yet.
  private static int afterCount(byte[] bytes, int at, int to) {
    int i = at;
    while (i < to && i - at <= COUNT_DIGITS && Undelimited.isDigit(bytes[i])) {
      i++;
    }
    int digits = i - at;
    if (digits == 0 || digits > COUNT_DIGITS || bytes[at] == '0') {
      return 0;
    }
    if (i == to) {
      return WAIT;
    }
    if (bytes[i] != ' ') {
      return 0;
    }
    if (i + 1 == to) {
      return WAIT;
    }
    return bytes[i + 1] == '<' ? i + 1 : 0;
  }

  private int delimited(byte[] bytes, int at, int to, FrameSink out) {
    int window = (int) Math.min(to, at + limit + 2L); // the longest frame and CR LF
    int end = Delimiter.find(bytes, at + searched, window);
    if (end < window) {
      if (kind == Kind.COUNTED && end > at) {
        badCounts++;
      } else if (end > at) {
        kind = Kind.DELIMITED;
      }
      emit(bytes, at, withoutLineEnd(bytes, at, end), out);
      return end + 1;
    }
    if (to - at < limit + 2) {
      searched = to - at;
      return WAIT;
    }
    return oversize(bytes, at, window, out);
  }

  private int oversize(byte[] bytes, int at, int window, FrameSink out) {
    if (kind == Kind.UNKNOWN) {
      int last = splitAllButLast(bytes, at, window, out);
      if (last > at) {
        return last;
      }
    }
    out.frame(bytes, at, at + limit, FrameBatch.TRUNCATED);
    skipsLine = true;
    return at + limit;
  }

  private int skipLine(byte[] bytes, int at, int to) {
    int end = Delimiter.find(bytes, at, to);
    if (guess && kind == Kind.UNKNOWN) {
      int start = Undelimited.findStart(bytes, at, end);
      if (start >= 0) {
        skipsLine = false;
        return start;
      }
    }
    if (end < to) {
      skipsLine = false;
      kind = kind == Kind.UNKNOWN ? Kind.DELIMITED : kind;
      return end + 1;
    }
    // A start may lie across the end of what has arrived.
    int next = guess && kind == Kind.UNKNOWN ? Math.max(at, to - Undelimited.START_BYTES + 1) : to;
    return next > at ? next : WAIT;
  }

  private void split(byte[] bytes, int from, int to, byte lastMark, FrameSink out) {
    int last = kind == Kind.UNKNOWN ? splitAllButLast(bytes, from, to, out) : from;
    emit(bytes, last, withoutLineEnd(bytes, last, to), lastMark, out);
  }

  private int splitAllButLast(byte[] bytes, int from, int to, FrameSink out) {
    int at = from;
    if (!guess) {
      return at;
    }
    for (int next = Undelimited.findStart(bytes, at + 1, to);
        next >= 0;
        next = Undelimited.findStart(bytes, at + 1, to)) {
      emit(bytes, at, next, FrameBatch.GUESSED, out);
      at = next;
    }
    return at;
  }

  // One line end, LF, CRLF or NUL: senders also put it inside their octet count.
  static int withoutLineEnd(byte[] bytes, int from, int to) {
    int end = to;
    if (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == 0)) {
      end--;
    }
    return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  private void emit(byte[] bytes, int from, int to, FrameSink out) {
    emit(bytes, from, to, WHOLE, out);
  }

  private void emit(byte[] bytes, int from, int to, byte mark, FrameSink out) {
    if (to - from > limit) {
      out.frame(bytes, from, from + limit, (byte) (mark | FrameBatch.TRUNCATED));
    } else if (to > from) {
      out.frame(bytes, from, to, mark);
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > rest.length || length == 0) {
      rest = length == 0 ? NOTHING : new byte[Math.min(restLimit(limit), length * 2)];
    }
    System.arraycopy(bytes, from, rest, 0, length);
    restLength = length;
  }

  private void clear() {
    rest = NOTHING;
    restLength = 0;
    searched = 0;
  }
}
