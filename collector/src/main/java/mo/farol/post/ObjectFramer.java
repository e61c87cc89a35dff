package mo.farol.post;

import mo.farol.wire.FrameSink;

/**
 * Cuts a body of JSON objects into frames, however they stand together: glued, on lines of their
 * own or over several, as an array. What stands between them and is no JSON is a frame up to the
 * end of its line, and so is an object with a line's end within a text, which RFC 8259 section 7
 * forbids: else one odd quote would swallow all that follows. Pure; one body, one thread.
 */
public final class ObjectFramer {
  private final Trimmed piece;
  private final FrameSink out;
  private final Quotes quotes = new Quotes();
  private int depth;
  private boolean astray;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  public ObjectFramer(int limit, FrameSink out) {
    this.piece = new Trimmed(limit);
    this.out = out;
  }

  /** The next bytes of the body. */
  public void take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          depth > 0 ? inside(bytes, at, to) : astray ? text(bytes, at, to) : between(bytes, at, to);
    }
  }

  /** The body has ended; what is left is a frame. */
  public void end() {
    piece.emit(out);
    startAfresh();
  }

  private void startAfresh() {
    quotes.clear();
    depth = 0;
    astray = false;
  }

  private int between(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBetween(bytes[at])) {
      at++;
    }
    if (at < to && bytes[at] == '{') {
      depth = 1;
      piece.add(bytes, at, at + 1);
      return at + 1;
    }
    astray = at < to;
    return at;
  }

  private int inside(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      boolean quoted = quotes.take(b);
      if (quoted && b == '\n') {
        return astray(bytes, from, i);
      }
      if (!quoted && b == '{') {
        depth++;
      } else if (!quoted && b == '}' && --depth == 0) {
        piece.add(bytes, from, i + 1);
        piece.emit(out);
        return i + 1;
      }
    }
    piece.add(bytes, from, to);
    return to;
  }

  private int text(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return astray(bytes, from, i);
      }
    }
    piece.add(bytes, from, to);
    return to;
  }

  // What stands up to the line's end is a frame, and what follows begins anew.
  private int astray(byte[] bytes, int from, int lineEnd) {
    piece.add(bytes, from, lineEnd);
    piece.emit(out);
    startAfresh();
    return lineEnd + 1;
  }

  private static boolean isBetween(byte b) {
    return Trimmed.isBlank(b) || b == ',' || b == '[' || b == ']';
  }
}
