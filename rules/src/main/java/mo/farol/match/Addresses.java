package mo.farol.match;

import java.nio.charset.StandardCharsets;
import mo.farol.sigma.Network;

/** Reads literal addresses from bytes; dotted IPv4 without making anything. */
final class Addresses {
  private static final int LONGEST = 64; // 45 of an address, and its zone

  private Addresses() {}

  /**
   * Reads one.
   *
   * @param into room for 16 bytes
   * @return 4 or 16, or 0 where the text is no address
   */
  static int read(byte[] b, int from, int to, byte[] into) {
    if (to - from > LONGEST || from == to) {
      return 0;
    }
    return dotted(b, from, to, into) ? 4 : other(b, from, to, into);
  }

  private static boolean dotted(byte[] b, int from, int to, byte[] into) {
    int part = 0;
    int value = -1;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (b[i] == '.' && value >= 0 && part < 3) {
        into[part++] = (byte) value;
        value = -1;
      } else if (digit >= 0 && digit <= 9 && value != 0) {
        value = Math.max(value, 0) * 10 + digit;
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
    into[3] = (byte) value;
    return true;
  }

  private static int other(byte[] b, int from, int to, byte[] into) {
    if ((b[from] < '0' || b[from] > ':') && !isHex(b[from])) {
      return 0;
    }
    var address = Network.address(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    address.ifPresent(bytes -> System.arraycopy(bytes, 0, into, 0, bytes.length));
    return address.map(bytes -> bytes.length).orElse(0);
  }

  private static boolean isHex(byte b) {
    return (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
  }
}
