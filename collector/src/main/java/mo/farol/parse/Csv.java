package mo.farol.parse;

/**
 * Values between commas (RFC 4180), one after the other; quotes may hold commas and doubled quotes.
 */
final class Csv {
  private byte[] b = {};
  private int next;
  private int limit;
  private int from;
  private int to;
  private boolean isEscaped;
  private byte[] plain = new byte[256];
  private int plainLength;

  void open(byte[] bytes, int start, int end) {
    b = bytes;
    next = start;
    limit = end;
  }

  /** Moves to the next value; false behind the last. */
  boolean next() {
    if (next > limit) {
      return false;
    }
    isEscaped = false;
    if (next < limit && b[next] == '"') {
      quoted();
    } else {
      from = next;
      to = Ascii.until(b, next, limit, ',');
      next = to + 1;
    }
    return true;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Whether the value held doubled quotes, which {@link #plain} has undone. */
  boolean isEscaped() {
    return isEscaped;
  }

  byte[] plain() {
    return plain;
  }

  int plainLength() {
    return plainLength;
  }

  private void quoted() {
    from = next + 1;
    int p = from;
    while (p < limit && (b[p] != '"' || (p + 1 < limit && b[p + 1] == '"'))) {
      isEscaped |= b[p] == '"';
      p += b[p] == '"' ? 2 : 1;
    }
    to = Math.min(p, limit);
    next = Ascii.until(b, to, limit, ',') + 1;
    if (isEscaped) {
      undo();
    }
  }

  private void undo() {
    if (plain.length < to - from) {
      plain = new byte[to - from];
    }
    plainLength = 0;
    for (int i = from; i < to; i++) {
      plain[plainLength++] = b[i];
      i += b[i] == '"' ? 1 : 0;
    }
  }
}
