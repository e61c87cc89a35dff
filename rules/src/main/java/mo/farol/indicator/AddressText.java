package mo.farol.indicator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses as sixteen bytes, IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291 section 2.5.5.2), so that
 * both ways to write one are the same. Ranges are {@code [from, to)}.
 */
final class AddressText {
  static final int BYTES = 16;
  private static final int LONGEST = 45;
  private static final int GROUPS = 8;

  private AddressText() {}

  /**
   * Reads an address into {@code out[0 .. 16)}; false where it is none. Brackets around it and a
   * zone behind {@code %} are left out.
   */
  static boolean read(byte[] b, int start, int end, byte[] out) {
    int from = start;
    int to = end;
    if (to - from > 2 && b[from] == '[' && b[to - 1] == ']') {
      from++;
      to--;
    }
    boolean isV6 = false;
    for (int i = from; i < to; i++) {
      isV6 |= b[i] == ':';
      if (b[i] == '%' && isV6) {
        to = i;
      }
    }
    if (to - from < 2 || to - from > LONGEST) {
      return false;
    }
    if (isV6) {
      return readV6(b, from, to, out);
    }
    mapped(out);
    return readV4(b, from, to, out, 12);
  }

  private static void mapped(byte[] out) {
    Arrays.fill(out, 0, 10, (byte) 0);
    out[10] = (byte) 0xff;
    out[11] = (byte) 0xff;
  }

  private static boolean readV4(byte[] b, int from, int to, byte[] out, int at) {
    int parts = 0;
    int digits = 0;
    int value = 0;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == '.') {
        if (digits == 0 || value > 255 || parts == 4) {
          return false;
        }
        out[at + parts++] = (byte) value;
        digits = 0;
        value = 0;
      } else if (b[i] >= '0' && b[i] <= '9' && digits < 3) {
        value = value * 10 + b[i] - '0';
        digits++;
      } else {
        return false;
      }
    }
    return parts == 4;
  }

  private static boolean readV6(byte[] b, int from, int to, byte[] out) {
    int at = 0; // bytes written
    int gap = -1; // where :: stands
    int i = from;
    if (b[i] == ':' && b[i + 1] != ':') {
      return false;
    }
    while (i < to) {
      if (b[i] == ':') {
        boolean isGap = i + 1 < to && b[i + 1] == ':';
        if (isGap && gap >= 0 || !isGap && (i == from || i + 1 == to)) {
          return false;
        }
        gap = isGap ? at : gap;
        i += isGap ? 2 : 1;
        if (isGap && i < to && b[i] == ':') {
          return false;
        }
        continue;
      }
      int stop = group(b, i, to);
      if (stop < to && b[stop] == '.') {
        return at <= 12 && readV4(b, i, to, out, at) && spread(out, at + 4, gap);
      }
      if (stop == i || stop - i > 4 || at == BYTES || stop < to && b[stop] != ':') {
        return false;
      }
      int value = 0;
      for (; i < stop; i++) {
        value = value << 4 | Character.digit(b[i], 16);
      }
      out[at++] = (byte) (value >> 8);
      out[at++] = (byte) value;
    }
    return spread(out, at, gap);
  }

  private static boolean spread(byte[] out, int at, int gap) {
    if (gap < 0) {
      return at == BYTES;
    }
    int behind = at - gap;
    if (at > BYTES - 2) {
      return false;
    }
    System.arraycopy(out, gap, out, BYTES - behind, behind);
    Arrays.fill(out, gap, BYTES - behind, (byte) 0);
    return true;
  }

  private static int group(byte[] b, int from, int to) {
    int i = from;
    while (i < to && Character.digit(b[i], 16) >= 0) {
      i++;
    }
    return i;
  }

  static boolean isV4(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == -1 && address[11] == -1;
  }

  /** As people write it; IPv6 as RFC 5952 does. */
  static String text(byte[] address) {
    if (isV4(address)) {
      return (address[12] & 0xff)
          + "."
          + (address[13] & 0xff)
          + "."
          + (address[14] & 0xff)
          + "."
          + (address[15] & 0xff);
    }
    int longest = 0;
    int where = -1;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && word(address, to) == 0) {
        to++;
      }
      if (to - from > Math.max(1, longest)) {
        longest = to - from;
        where = from;
      }
    }
    return where < 0
        ? words(address, 0, GROUPS)
        : words(address, 0, where) + "::" + words(address, where + longest, GROUPS);
  }

  private static String words(byte[] address, int from, int to) {
    List<String> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      words.add(Integer.toHexString(word(address, i)));
    }
    return String.join(":", words);
  }

  private static int word(byte[] address, int i) {
    return (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
  }
}
