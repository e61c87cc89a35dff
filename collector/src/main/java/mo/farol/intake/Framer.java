package mo.farol.intake;

import java.util.Arrays;
import mo.farol.event.FrameBatch;

/**
 * Cuts a connection's bytes into frames: RFC 6587 octet counting (section 3.4.1) and
 * non-transparent framing with LF, CRLF or NUL (section 3.4.2), and senders that put nothing
 * between their messages. Told apart frame by frame until the connection has shown which it is.
 * Plain bytes in, plain frames out; one connection, one thread.
 */
final class Framer {
  private static final int COUNT_DIGITS = 7;

  private final int limit;
  private final FrameBatch.Builder out;
  private byte[] buffer = new byte[8192];
  private int length;
  private boolean counted;
  private boolean delimited;
  // What is left of an oversize frame: bytes to skip, or -1 to skip up to a delimiter.
  private long skip;
  private long truncated;
  private long guessed;

  /**
   * @param limit bytes of the longest frame kept whole
   * @param out takes the frames
   */
  Framer(int limit, FrameBatch.Builder out) {
    this.limit = limit;
    this.out = out;
  }

  /** Takes the next bytes of the connection. */
  void take(byte[] bytes, int from, int to) {
    int at = skipRest(bytes, from, to);
    if (at == to) {
      return;
    }
    reserve(to - at);
    System.arraycopy(bytes, at, buffer, length, to - at);
    length += to - at;
    cut();
  }

  /** The sender went quiet: what looks like a whole message of an undelimited sender is one. */
  void quiet() {
    if (!counted
        && !delimited
        && length > 0
        && buffer[0] == '<'
        && Undelimited.isHeader(buffer, 0, length)) {
      emit(0, length, FrameBatch.GUESSED);
      guessed++;
      length = 0;
    }
  }

  /** The connection ended: what is left is kept as a frame. */
  void end() {
    if (length > 0) {
      emit(0, length, (byte) 0);
      length = 0;
    }
  }

  /** Bytes that wait for the rest of their frame. */
  int waiting() {
    return length;
  }

  /** Frames cut at the limit so far. */
  long truncated() {
    return truncated;
  }

  /** Frames whose end was guessed so far. */
  long guessed() {
    return guessed;
  }

  private void cut() {
    int at = 0;
    while (at < length) {
      int next = startsCount(at) ? cutCounted(at) : cutDelimited(at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    at = Math.min(at, length);
    System.arraycopy(buffer, at, buffer, 0, length - at);
    length -= at;
  }

  // A count is one to seven digits not beginning with 0, one blank, then '<'. A delimited line may
  // begin with digits too.
  private boolean startsCount(int at) {
    return !delimited && buffer[at] >= '1' && buffer[at] <= '9';
  }

  private int cutCounted(int at) {
    int i = at;
    long count = 0;
    while (i < length && i - at <= COUNT_DIGITS && buffer[i] >= '0' && buffer[i] <= '9') {
      count = count * 10 + buffer[i++] - '0';
    }
    if (i == length && i - at <= COUNT_DIGITS) {
      return -1; // digits only so far
    }
    boolean isCount = i - at <= COUNT_DIGITS && buffer[i] == ' ';
    if (isCount && i + 1 == length) {
      return -1;
    }
    if (!isCount || buffer[i + 1] != '<') {
      return cutDelimited(at);
    }
    counted = true;
    return cutBody(i + 1, count);
  }

  private int cutBody(int start, long count) {
    if (count > limit) {
      if (length - start < limit) {
        return -1;
      }
      truncate(start, start + limit);
      return skipping(start + limit, count - limit);
    }
    int end = start + (int) count;
    if (end > length) {
      return -1;
    }
    emit(start, withoutLineEnd(start, end), (byte) 0);
    return end;
  }

  private int skipping(int at, long left) {
    long here = Math.min(left, length - at);
    skip = left - here;
    return at + (int) here;
  }

  private int cutDelimited(int at) {
    int i = at;
    while (i < length && buffer[i] != '\n' && buffer[i] != 0) {
      if (i > at
          && buffer[i] == '<'
          && !counted
          && !delimited
          && Undelimited.isHeader(buffer, i, length)) {
        emit(at, i, FrameBatch.GUESSED);
        guessed++;
        return i;
      }
      i++;
    }
    if (i < length) {
      delimited |= !counted && i > at;
      emitUpTo(at, i);
      return i + 1;
    }
    if (length - at > limit) {
      truncate(at, at + limit);
      skip = -1;
      return length;
    }
    return -1;
  }

  private void emitUpTo(int at, int end) {
    if (end - at > limit) {
      truncate(at, at + limit);
    } else {
      emit(at, withoutLineEnd(at, end), (byte) 0);
    }
  }

  private int skipRest(byte[] bytes, int from, int to) {
    if (skip > 0) {
      int here = (int) Math.min(skip, to - from);
      skip -= here;
      return from + here;
    }
    if (skip < 0) {
      for (int i = from; i < to; i++) {
        if (bytes[i] == '\n' || bytes[i] == 0) {
          skip = 0;
          return i + 1;
        }
      }
      return to;
    }
    return from;
  }

  // One line end: LF, CRLF or NUL, as senders put inside their octet count.
  private int withoutLineEnd(int start, int end) {
    int to = end;
    if (to > start && (buffer[to - 1] == '\n' || buffer[to - 1] == 0)) {
      to--;
    }
    return to > start && buffer[to - 1] == '\r' ? to - 1 : to;
  }

  private void truncate(int from, int to) {
    truncated++;
    emit(from, to, FrameBatch.TRUNCATED);
  }

  private void emit(int from, int to, byte mark) {
    if (to > from) {
      out.add(buffer, from, to, mark);
    }
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
    }
  }
}
