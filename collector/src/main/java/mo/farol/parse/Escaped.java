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

  /** No escapes at all. */
  static final byte[] NONE = {};

  /** What a backslash may stand before in a CEF header. */
  static final byte[] HEADER = Ascii.bytes("\\|");

  /** What a backslash may stand before in a CEF extension; the letters give a line end. */
  static final byte[] EXTENSION = Ascii.bytes("\\=nr");

  /** What a backslash may stand before within quotes. */
  static final byte[] QUOTED = Ascii.bytes("\\\"");

  /** What a backslash may stand before in a list of Cisco ISE. */
  static final byte[] LISTED = Ascii.bytes("\\,;={}[]");

  /** Takes a range over; a backslash before another byte than these is a backslash. */
  void take(byte[] b, int from, int to, byte[] escapable) {
    if (plain.length < to - from) {
      plain = new byte[to - from];
    }
    length = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '\\' && i + 1 < to && Ascii.find(escapable, 0, escapable.length, b[i + 1]) >= 0) {
        byte next = b[++i];
        c = next == 'n' || next == 'r' ? (byte) '\n' : next;
      }
      plain[length++] = c;
    }
  }
}
