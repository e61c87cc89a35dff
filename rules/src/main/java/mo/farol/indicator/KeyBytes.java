package mo.farol.indicator;

import java.util.Arrays;

/** Small values in the form in which they are compared, from bytes to bytes. */
final class KeyBytes {
  private KeyBytes() {}

  /**
   * Reads hexadecimal digits.
   *
   * @return how many bytes were written, or -1 where something else is among them
   */
  static int hex(byte[] b, int from, int to, byte[] out) {
    int size = (to - from) / 2;
    if ((to - from) % 2 != 0 || size > out.length) {
      return -1;
    }
    for (int i = 0; i < size; i++) {
      int high = digit(b[from + 2 * i]);
      int low = digit(b[from + 2 * i + 1]);
      if (high < 0 || low < 0) {
        return -1;
      }
      out[i] = (byte) (high << 4 | low);
    }
    return size;
  }

  private static int digit(byte c) {
    return c < 0 ? -1 : Character.digit(c, 16);
  }

  /** Copies with ASCII letters in lower case. */
  static void lower(byte[] b, int from, int to, byte[] out, int at) {
    for (int i = from; i < to; i++) {
      out[at + i - from] = b[i] >= 'A' && b[i] <= 'Z' ? (byte) (b[i] + 32) : b[i];
    }
  }

  /** Whether {@code b[from .. to)} is a CVE number, as its catalogue writes it but in any case. */
  static boolean isCve(byte[] b, int from, int to) {
    if (to - from < 13 || to - from > 28 || b[from + 3] != '-' || b[from + 8] != '-') {
      return false;
    }
    boolean isName =
        (b[from] | 32) == 'c' && (b[from + 1] | 32) == 'v' && (b[from + 2] | 32) == 'e';
    return isName && digits(b, from + 4, from + 8) && digits(b, from + 9, to);
  }

  private static boolean digits(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Keeps the first bits and clears the others. */
  static void mask(byte[] address, int bits) {
    int whole = bits / 8;
    if (bits % 8 != 0) {
      address[whole++] &= (byte) (0xff << 8 - bits % 8);
    }
    Arrays.fill(address, whole, address.length, (byte) 0);
  }
}
