package mo.farol.syslog;

import mo.farol.event.FrameBatch;
import mo.farol.wire.Counts;
import mo.farol.wire.Cutter;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gathering;

/**
 * Cuts one connection's bytes into frames: RFC 6587 octet counting (section 3.4.1), LF, CRLF or NUL
 * after each (section 3.4.2), or nothing between them. Unless the listener says which it is it
 * shows itself: a first count or a first delimiter decides, and from then on frames are no longer
 * guessed. However the bytes are chunked, the frames are the same. Pure; one connection, one
 * thread.
 */
final class Framer implements Cutter {
  private enum Kind {
    UNKNOWN,
    COUNTED,
    DELIMITED
  }

  private static final int WAIT = OctetCount.WAIT;
  private static final byte WHOLE = 0;

  private final int limit;
  // Off where an agency is pinned: there a text that looks like a beginning would forge an event.
  private final boolean guess;
  private final Delimiter delimiter;
  private final PartialFrame rest;
  private final Seen seen = new Seen();
  // A frame too long to be kept whole, on its way.
  private final Gathering oversize;
  private Kind kind;
  // How much of the waiting frame holds no delimiter: not searched twice.
  private int searched;
  private int skipBytes;
  private boolean skipsLine;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  Framer(int limit, Framing framing) {
    this.limit = limit;
    this.rest = new PartialFrame(restLimit(limit));
    this.guess = framing == Framing.AUTO;
    this.delimiter = Delimiter.of(framing);
    this.oversize = new Gathering(limit);
    this.kind =
        switch (framing) {
          case AUTO, SHOWN -> Kind.UNKNOWN;
          case OCTET -> Kind.COUNTED;
          case LF, NUL -> Kind.DELIMITED;
        };
  }

  /** Most bytes that {@link #restore} gives back. */
  static int restLimit(int limit) {
    return limit + OctetCount.MOST_BYTES;
  }

  @Override
  public int restore(byte[] into) {
    return rest.restore(into);
  }

  @Override
  public void cut(byte[] bytes, int to, FrameSink out) {
    int at = 0;
    while (at < to) {
      int next = step(bytes, at, to, out);
      if (next == WAIT) {
        break;
      }
      at = next;
      searched = 0;
    }
    rest.keep(bytes, at, to);
  }

  /**
   * The sender went quiet: what looks like a whole message of an undelimited sender is one, and an
   * oversize one has ended.
   */
  @Override
  public void quiet(FrameSink out) {
    if (!guess || kind != Kind.UNKNOWN) {
      return;
    }
    if (skipsLine) {
      endOversize(FrameBatch.GUESSED, out);
      clear();
    } else if (rest.length() > 0 && Undelimited.looksWhole(rest.bytes(), 0, rest.length())) {
      split(rest.bytes(), 0, rest.length(), FrameBatch.GUESSED, out);
      clear();
    }
  }

  @Override
  public void unglue(FrameSink out) {
    if (guess && kind == Kind.UNKNOWN && !skipsLine) {
      byte[] waiting = rest.bytes();
      int to = rest.length();
      rest.keep(waiting, splitAllButLast(waiting, 0, to, out), to);
      searched = 0;
    }
  }

  /** A sender that has shown an end, or a count, did not come to it; one that shows none did. */
  @Override
  public boolean end(FrameSink out, boolean broken) {
    byte[] waiting = rest.bytes();
    int from = kind == Kind.DELIMITED ? 0 : Math.max(0, OctetCount.end(waiting, 0, rest.length()));
    boolean partial = unfinished() > 0 && (broken || kind != Kind.UNKNOWN || from > 0);
    if (oversize.seen() > 0) {
      endOversize(partial ? FrameBatch.PARTIAL : FrameBatch.GUESSED, out);
    } else if (rest.length() > 0) {
      split(waiting, from, rest.length(), partial ? FrameBatch.PARTIAL : WHOLE, out);
    }
    clear();
    return partial;
  }

  @Override
  public boolean isUndecided() {
    return guess && kind == Kind.UNKNOWN && unfinished() > 0;
  }

  @Override
  public long unfinished() {
    return rest.length() + oversize.seen();
  }

  @Override
  public long held() {
    return (long) rest.held() + oversize.held();
  }

  @Override
  public void tell(Counts counts) {
    seen.tell(counts);
  }

  private int step(byte[] bytes, int at, int to, FrameSink out) {
    if (skipBytes > 0) {
      return skipCounted(bytes, at, to, out);
    }
    if (skipsLine) {
      return skipLine(bytes, at, to, out);
    }
    boolean mayCount = kind != Kind.DELIMITED && bytes[at] >= '1' && bytes[at] <= '9';
    return mayCount ? counted(bytes, at, to, out) : delimited(bytes, at, to, out);
  }

  private int counted(byte[] bytes, int at, int to, FrameSink out) {
    int start = OctetCount.end(bytes, at, to);
    if (start == WAIT) {
      return WAIT;
    }
    if (start == 0) {
      return delimited(bytes, at, to, out);
    }
    kind = Kind.COUNTED;
    int count = OctetCount.value(bytes, at);
    if (to - start < Math.min(count, limit)) {
      return WAIT;
    }
    if (count > limit) {
      oversize.add(bytes, start, start + limit);
      skipBytes = count - limit;
      return start + limit;
    }
    int end = start + count;
    seen.counted(bytes[end - 1] == '\n');
    emit(bytes, start, end, WHOLE, out);
    return end;
  }

  private int skipCounted(byte[] bytes, int at, int to, FrameSink out) {
    int here = Math.min(skipBytes, to - at);
    oversize.add(bytes, at, at + here);
    skipBytes -= here;
    if (skipBytes == 0) {
      seen.counted(bytes[at + here - 1] == '\n');
      emitOversize(WHOLE, out);
    }
    return at + here;
  }

  private int delimited(byte[] bytes, int at, int to, FrameSink out) {
    int window = (int) Math.min(to, at + limit + 2L); // the longest frame and CR LF
    int end = delimiter.find(bytes, at + searched, window);
    if (end < window) {
      if (end > at) {
        decide(bytes[end]);
      }
      emit(bytes, at, end, WHOLE, out);
      return end + 1;
    }
    if (to - at < limit + 2) {
      searched = to - at;
      return WAIT;
    }
    return beginOversize(bytes, at, window, out);
  }

  // A first delimiter shows what the sender uses; a counting one that leaves out its count errs.
  private void decide(byte end) {
    if (kind == Kind.COUNTED) {
      seen.badCount();
    } else {
      kind = Kind.DELIMITED;
      seen.delimited(end);
    }
  }

  private int beginOversize(byte[] bytes, int at, int window, FrameSink out) {
    if (kind == Kind.UNKNOWN) {
      int last = splitAllButLast(bytes, at, window, out);
      if (last > at) {
        return last;
      }
    }
    oversize.add(bytes, at, at + limit);
    skipsLine = true;
    return at + limit;
  }

  private int skipLine(byte[] bytes, int at, int to, FrameSink out) {
    int end = delimiter.find(bytes, at, to);
    boolean guesses = guess && kind == Kind.UNKNOWN;
    int start = guesses ? Undelimited.findStart(bytes, at, end) : -1;
    if (start >= 0) {
      oversize.add(bytes, at, start);
      seen.undelimited();
      emitOversize(FrameBatch.GUESSED, out);
      return start;
    }
    if (end < to) {
      oversize.add(bytes, at, end);
      decide(bytes[end]);
      emitOversize(WHOLE, out);
      return end + 1;
    }
    // A start may lie across the end of what has arrived.
    int next = guesses ? Math.max(at, to - Undelimited.START_BYTES + 1) : to;
    oversize.add(bytes, at, next);
    return next > at ? next : WAIT;
  }

  // Ended by nothing of its own.
  private void endOversize(byte mark, FrameSink out) {
    oversize.add(rest.bytes(), 0, rest.length());
    seen.unended(mark);
    emitOversize(mark, out);
  }

  private void emitOversize(byte mark, FrameSink out) {
    skipsLine = false;
    skipBytes = 0;
    oversize.emit(0, limit, mark, out);
    oversize.release();
  }

  private void split(byte[] bytes, int from, int to, byte lastMark, FrameSink out) {
    int last = kind == Kind.UNKNOWN ? splitAllButLast(bytes, from, to, out) : from;
    seen.unended(lastMark);
    emit(bytes, last, to, lastMark, out);
  }

  private int splitAllButLast(byte[] bytes, int from, int to, FrameSink out) {
    int at = from;
    if (!guess) {
      return at;
    }
    for (int next = Undelimited.findStart(bytes, at + 1, to);
        next >= 0;
        next = Undelimited.findStart(bytes, at + 1, to)) {
      seen.undelimited();
      emit(bytes, at, next, FrameBatch.GUESSED, out);
      at = next;
    }
    return at;
  }

  private void emit(byte[] bytes, int from, int end, byte mark, FrameSink out) {
    int to = Delimiter.trim(bytes, from, end);
    if (to - from > limit) {
      oversize.add(bytes, from, end);
      emitOversize(mark, out);
    } else if (to > from) {
      out.frame(bytes, from, to, mark);
    }
  }

  private void clear() {
    rest.clear();
    searched = 0;
  }
}
