package mo.farol.indicator;

import java.util.Arrays;

/**
 * URLs in the form in which they are compared (RFC 3986 section 6.2): scheme and host in lower
 * case, no user, no default port, no fragment, percent signs only where needed, {@code /} for an
 * empty path. {@code http} and {@code https} are taken as one and left out. Re-used; one thread.
 */
final class UrlText {
  private static final String HEX = "0123456789ABCDEF";
  private static final int SCHEME = 16;

  private byte[] out = new byte[4096];
  private int length;
  private int hostFrom;
  private int hostTo;

  /** Reads {@code b[start .. end)}; false where it names no host. */
  boolean read(byte[] b, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && b[from] <= ' ' && b[from] >= 0) {
      from++;
    }
    while (to > from && b[to - 1] <= ' ' && b[to - 1] >= 0) {
      to--;
    }
    room(3 * (to - from) + HostText.LONGEST + SCHEME);
    length = 0;
    int colon = scheme(b, from, to);
    boolean isWeb = colon < 0 || isWeb(b, from, colon);
    if (!isWeb) {
      for (int i = from; i < colon + 3; i++) {
        out[length++] = lower(b[i]);
      }
    }
    int host = colon < 0 ? from : colon + 3;
    int authority = authorityEnd(b, host, to);
    if (!authority(b, host, authority, isWeb)) {
      return false;
    }
    rest(b, authority, to);
    return true;
  }

  private void room(int bytes) {
    if (out.length < bytes) {
      out = new byte[bytes * 2];
    }
  }

  // Where the colon of :// stands, or -1.
  private static int scheme(byte[] b, int from, int to) {
    for (int i = from; i < to && i - from < SCHEME; i++) {
      if (b[i] == ':') {
        return i > from && i + 2 < to && b[i + 1] == '/' && b[i + 2] == '/' ? i : -1;
      }
      if (!Character.isLetterOrDigit(b[i]) && b[i] != '+' && b[i] != '-' && b[i] != '.') {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isWeb(byte[] b, int from, int colon) {
    int size = colon - from;
    return (size == 4 || size == 5 && lower(b[from + 4]) == 's')
        && lower(b[from]) == 'h'
        && lower(b[from + 1]) == 't'
        && lower(b[from + 2]) == 't'
        && lower(b[from + 3]) == 'p';
  }

  private static int authorityEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] != '/' && b[i] != '?' && b[i] != '#' && b[i] != '\\') {
      i++;
    }
    return i;
  }

  private boolean authority(byte[] b, int start, int to, boolean isWeb) {
    int from = start;
    for (int i = start; i < to; i++) {
      from = b[i] == '@' ? i + 1 : from;
    }
    int port = portColon(b, from, to);
    hostFrom = length;
    if (from < port && b[from] == '[') {
      for (int i = from; i < port; i++) {
        out[length++] = lower(b[i]);
      }
    } else {
      int end = HostText.write(b, from, port, out, length);
      if (end < 0) {
        return false;
      }
      length = end;
    }
    hostTo = length;
    return port(b, port + 1, to, isWeb);
  }

  /** Where the colon before the port of {@code b[from .. to)} stands, or {@code to}. */
  static int portColon(byte[] b, int from, int to) {
    int i = to;
    while (i > from && b[i - 1] >= '0' && b[i - 1] <= '9') {
      i--;
    }
    if (i == from || b[i - 1] != ':') {
      return to;
    }
    for (int k = from; k < i - 1; k++) {
      if (b[k] == ':' && b[i - 2] != ']') {
        return to; // an IPv6 address without brackets
      }
    }
    return i - 1;
  }

  private boolean port(byte[] b, int start, int to, boolean isWeb) {
    int from = start;
    while (from < to && b[from] == '0') {
      from++;
    }
    if (from >= to || isDefault(b, from, to, isWeb)) {
      return true;
    }
    out[length++] = ':';
    for (int i = from; i < to; i++) {
      out[length++] = b[i];
    }
    return to - from <= 5;
  }

  private static boolean isDefault(byte[] b, int from, int to, boolean isWeb) {
    if (to - from == 2) {
      return isWeb ? b[from] == '8' && b[from + 1] == '0' : b[from] == '2' && b[from + 1] == '1';
    }
    return isWeb && to - from == 3 && b[from] == '4' && b[from + 1] == '4' && b[from + 2] == '3';
  }

  private void rest(byte[] b, int from, int to) {
    if (from == to || b[from] != '/' && b[from] != '\\') {
      out[length++] = '/';
    }
    for (int i = from; i < to && b[i] != '#'; i++) {
      if (b[i] == '%' && i + 2 < to && hex(b[i + 1]) >= 0 && hex(b[i + 2]) >= 0) {
        byte decoded = (byte) (hex(b[i + 1]) << 4 | hex(b[i + 2]));
        put(decoded, isUnreserved(decoded));
        i += 2;
      } else {
        put(b[i], b[i] > ' ' && b[i] != 0x7f);
      }
    }
  }

  private void put(byte c, boolean plain) {
    if (plain) {
      out[length++] = c;
      return;
    }
    out[length++] = '%';
    out[length++] = (byte) HEX.charAt((c & 0xff) >> 4);
    out[length++] = (byte) HEX.charAt(c & 15);
  }

  private static int hex(byte c) {
    return c < 0 ? -1 : Character.digit(c, 16);
  }

  private static boolean isUnreserved(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static byte lower(byte c) {
    return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
  }

  /** What was read last; belongs to this object. */
  byte[] bytes() {
    return out;
  }

  /** Length of what was read, from 0. */
  int length() {
    return length;
  }

  int hostFrom() {
    return hostFrom;
  }

  int hostTo() {
    return hostTo;
  }

  byte[] copy() {
    return Arrays.copyOf(out, length);
  }
}
