package mo.farol.post;

import mo.farol.wire.FrameSink;

/**
 * Cuts an HTTP body into frames as it streams by: a frame a line, or the elements of a JSON array,
 * each with its bytes as they were sent. It is an array when it begins with a bracket and an
 * object, a text or nothing in it; {@code [12:00] a line} is a line. An element with a line's end
 * within a text, which RFC 8259 section 7 forbids, ends there: else one odd quote would swallow all
 * that follow. Pure; one body, one thread.
 */
public final class BodyFramer {
  private enum Where {
    START,
    BRACKET,
    LINES,
    ARRAY
  }

  private final Trimmed piece;
  private final FrameSink out;
  private final Quotes quotes = new Quotes();
  private Where where = Where.START;
  private int depth;
  private int number = 1;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  public BodyFramer(int limit, FrameSink out) {
    this.piece = new Trimmed(limit);
    this.out = out;
  }

  /** Takes every body for lines, whatever it begins with. */
  public static BodyFramer ofLines(int limit, FrameSink out) {
    var framer = new BodyFramer(limit, out);
    framer.where = Where.LINES;
    return framer;
  }

  /** The next bytes of the body. */
  public void take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (where) {
            case START -> start(bytes, at, to);
            case BRACKET -> bracket(bytes, at, to);
            case LINES -> lines(bytes, at, to);
            case ARRAY -> array(bytes, at, to);
          };
    }
  }

  /** Which line or element of the body the frame is that is handed on, counted from 1. */
  public int number() {
    return number;
  }

  /** The body has ended; what is left is a frame. */
  public void end() {
    piece.emit(out);
  }

  private int start(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Trimmed.isBlank(bytes[at])) {
      number += bytes[at++] == '\n' ? 1 : 0;
    }
    if (at < to) {
      where = bytes[at] == '[' ? Where.BRACKET : Where.LINES;
    }
    return at;
  }

  private int bracket(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (Trimmed.isBlank(bytes[at]) || bytes[at] == '[' && isFirst(at, from))) {
      at++;
    }
    piece.add(bytes, from, at);
    if (at == to) {
      return to;
    }
    if (bytes[at] == '{' || bytes[at] == '"' || bytes[at] == ']') {
      piece.clear();
      where = Where.ARRAY;
      depth = 0;
      number = 1;
    } else {
      where = Where.LINES;
      byte[] held = piece.take();
      lines(held, 0, held.length);
    }
    return at;
  }

  private boolean isFirst(int at, int from) {
    return at == from && piece.isEmpty();
  }

  private int lines(byte[] bytes, int from, int to) {
    int at = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        piece.add(bytes, at, i);
        piece.emit(out);
        number++;
        at = i + 1;
      }
    }
    piece.add(bytes, at, to);
    return to;
  }

  // Commas and the closing bracket count only outside texts and outside what is nested.
  private int array(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (quotes.take(b)) {
        if (b == '\n') {
          quotes.clear();
          depth = 0;
          return element(bytes, from, i);
        }
        continue;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if (depth > 0) {
        depth -= b == '}' || b == ']' ? 1 : 0;
      } else if (b == ',' || b == ']') {
        where = b == ']' ? Where.START : Where.ARRAY;
        return element(bytes, from, i);
      }
    }
    piece.add(bytes, from, to);
    return to;
  }

  private int element(byte[] bytes, int from, int end) {
    piece.add(bytes, from, end);
    piece.emit(out);
    number++;
    return end + 1;
  }
}
