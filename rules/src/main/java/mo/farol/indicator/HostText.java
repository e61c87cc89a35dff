package mo.farol.indicator;

import java.net.IDN;
import java.nio.charset.StandardCharsets;

/**
 * Domain names in the form in which they are compared: lower case, no trailing dot, labels of other
 * scripts as RFC 5890 A-labels. Only a name with bytes beyond ASCII makes a string.
 */
final class HostText {
  static final int LONGEST = 253;
  private static final int LABEL = 63;

  private HostText() {}

  /**
   * Writes the name {@code b[from .. to)} behind {@code at}.
   *
   * @param out with room for {@value #LONGEST} bytes behind {@code at}
   * @return where it ends, or -1 where it is no domain name
   */
  static int write(byte[] b, int from, int to, byte[] out, int at) {
    int end = to > from && b[to - 1] == '.' ? to - 1 : to;
    if (end - from > 4 * LONGEST) {
      return -1;
    }
    for (int i = from; i < end; i++) {
      if (b[i] < 0) {
        return foreign(b, from, to, out, at);
      }
    }
    return ascii(b, from, end, out, at);
  }

  private static int ascii(byte[] b, int from, int to, byte[] out, int at) {
    if (to - from > LONGEST || to == from) {
      return -1;
    }
    int label = 0;
    int end = at;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '.') {
        if (label == 0) {
          return -1;
        }
        label = 0;
      } else if (isNameByte(c) && label < LABEL) {
        label++;
      } else {
        return -1;
      }
      out[end++] = c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }
    return label == 0 ? -1 : end;
  }

  private static int foreign(byte[] b, int from, int to, byte[] out, int at) {
    try {
      var name = new String(b, from, to - from, StandardCharsets.UTF_8);
      byte[] ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).getBytes(StandardCharsets.UTF_8);
      int end =
          ascii.length > 0 && ascii[ascii.length - 1] == '.' ? ascii.length - 1 : ascii.length;
      return ascii(ascii, 0, end, out, at);
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  private static boolean isNameByte(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }
}
