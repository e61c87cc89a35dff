package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as 16 bytes, IPv4 mapped into IPv6 (RFC 4291 section 2.5.5.2), read from text
 * without strings and without asking a name server.
 */
final class Addresses {
  /** Length of an address in bytes. */
  static final int LENGTH = 16;

  /** Characters: 45 of an address, and its zone. */
  private static final int LONGEST = 64;

  private Addresses() {}

  /**
   * Writes the address in {@code text[from .. to)}, without the zone that one of IPv6 may have (RFC
   * 4007 section 11); false where it is none.
   */
  static boolean read(byte[] text, int from, int to, byte[] into, int at) {
    if (to - from < 2 || to - from > LONGEST) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == ':') {
        return new V6(text, into, at).read(from, zone(text, i, to));
      }
    }
    Arrays.fill(into, at, at + 10, (byte) 0);
    into[at + 10] = -1;
    into[at + 11] = -1;
    return v4(text, from, to, into, at + 12);
  }

  // Where the address ends; a zone has a name.
  private static int zone(byte[] text, int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (text[i] == '%') {
        return i;
      }
    }
    return to;
  }

  /** First and last address of a network such as {@code 10.0.0.0/8}; null where it is none. */
  static byte @Nullable [][] network(String text) {
    int slash = text.indexOf('/');
    byte[] ascii =
        text.substring(0, slash < 0 ? text.length() : slash).getBytes(StandardCharsets.UTF_8);
    byte[] low = new byte[LENGTH];
    if (!read(ascii, 0, ascii.length, low, 0)) {
      return null;
    }
    boolean four = text.indexOf(':') < 0;
    int bits = slash < 0 ? LENGTH * 8 : prefix(text.substring(slash + 1), four ? 32 : 128);
    if (bits < 0) {
      return null;
    }
    return span(low, four && slash >= 0 ? bits + 96 : bits);
  }

  private static byte[][] span(byte[] low, int bits) {
    byte[] high = low.clone();
    for (int bit = bits; bit < LENGTH * 8; bit++) {
      int mask = 0x80 >> (bit & 7);
      low[bit >> 3] &= (byte) ~mask;
      high[bit >> 3] |= (byte) mask;
    }
    return new byte[][] {low, high};
  }

  private static int prefix(String digits, int most) {
    if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(Character::isDigit)) {
      return -1;
    }
    int bits = Integer.parseInt(digits);
    return bits <= most ? bits : -1;
  }

  private static boolean v4(byte[] text, int from, int to, byte[] into, int at) {
    int part = 0;
    int value = -1;
    for (int i = from; i < to; i++) {
      int c = text[i];
      if (c == '.') {
        if (value < 0 || part == 3) {
          return false;
        }
        into[at + part++] = (byte) value;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        value = Math.max(value, 0) * 10 + c - '0';
        if (value > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    if (part != 3 || value < 0) {
      return false;
    }
    into[at + 3] = (byte) value;
    return true;
  }

  /** Reader of the colon form, RFC 4291 section 2.2. */
  private static final class V6 {
    private final byte[] text;
    private final byte[] into;
    private final int base;
    private int filled;
    private int gap = -1;

    V6(byte[] text, byte[] into, int base) {
      this.text = text;
      this.into = into;
      this.base = base;
    }

    boolean read(int from, int to) {
      int i = from;
      if (text[i] == ':') {
        if (i + 1 == to || text[i + 1] != ':') {
          return false;
        }
        i++;
      }
      while (i < to) {
        if (text[i] == ':' && i > from) {
          if (gap >= 0) {
            return false;
          }
          gap = filled;
          i++;
          continue;
        }
        int stop = group(i, to);
        if (stop < 0) {
          return false;
        }
        i = stop;
        if (i < to && i + 1 == to && text[i] == ':') {
          return false;
        }
        if (i < to) {
          i++;
        }
      }
      return spread();
    }

    /** Reads one group; gives the index after it, or -1. */
    private int group(int from, int to) {
      int i = from;
      int value = 0;
      while (i < to && text[i] != ':') {
        if (text[i] == '.') {
          boolean ok = filled <= LENGTH - 4 && v4(text, from, to, into, base + filled);
          filled += 4;
          return ok ? to : -1;
        }
        int digit = Character.digit(text[i], 16);
        if (digit < 0 || i - from == 4) {
          return -1;
        }
        value = (value << 4) | digit;
        i++;
      }
      if (i == from || filled > LENGTH - 2) {
        return -1;
      }
      into[base + filled++] = (byte) (value >> 8);
      into[base + filled++] = (byte) value;
      return i;
    }

    private boolean spread() {
      if (gap < 0) {
        return filled == LENGTH;
      }
      int missing = LENGTH - filled;
      if (missing < 2) {
        return false;
      }
      System.arraycopy(into, base + gap, into, base + gap + missing, filled - gap);
      Arrays.fill(into, base + gap, base + gap + missing, (byte) 0);
      return true;
    }
  }
}
