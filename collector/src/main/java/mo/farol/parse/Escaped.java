package mo.farol.parse;

/** A value freed of its backslashes, in an array that is used again. */
final class Escaped {
  private byte[] plain = new byte[1024];
  private int length;

  byte[] bytes() {
    return plain;
  }

  int length() {
    return length;
  }

  /**
   * Takes a range over: a backslash gives the byte behind it, {@code \n} and {@code \r} a line end.
   */
  void take(byte[] b, int from, int to) {
    if (plain.length < to - from) {
      plain = new byte[to - from];
    }
    length = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '\\' && i + 1 < to) {
        byte next = b[++i];
        c = next == 'n' || next == 'r' ? (byte) '\n' : next;
        boolean known =
            next == 'n' || next == 'r' || next == '\\' || next == '=' || next == '|' || next == '"';
        if (!known) {
          plain[length++] = '\\';
        }
      }
      plain[length++] = c;
    }
  }
}
