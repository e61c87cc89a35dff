package mo.farol.alert;

import java.net.InetAddress;
import java.util.Locale;

/** Values as people write them into tables, exceptions and assets. */
public final class Patterns {
  private Patterns() {}

  /** Whether a value fits: {@code *} stands for anything, or the pattern is a network. */
  public static boolean fits(String pattern, String value) {
    if (isNetwork(pattern)) {
      return isWithin(value, pattern);
    }
    return glob(pattern.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
  }

  /** Whether a text is a network such as {@code 10.0.0.0/8}. */
  static boolean isNetwork(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    byte[] address = bytes(text.substring(0, slash));
    return address.length > 0 && Integer.parseInt(text.substring(slash + 1)) <= address.length * 8;
  }

  /** Whether an address lies in a network. */
  static boolean isWithin(String address, String network) {
    int slash = network.indexOf('/');
    byte[] a = bytes(address);
    byte[] n = bytes(network.substring(0, slash));
    if (a.length == 0 || a.length != n.length) {
      return false;
    }
    int bits = Integer.parseInt(network.substring(slash + 1));
    for (int i = 0; i < a.length && bits > 0; i++, bits -= 8) {
      int mask = bits >= 8 ? 0xff : 0xff << (8 - bits) & 0xff;
      if ((a[i] & mask) != (n[i] & mask)) {
        return false;
      }
    }
    return true;
  }

  // No name is ever asked for: only a literal is an address.
  private static byte[] bytes(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  // Goes back to the last star only: linear in pattern times value.
  private static boolean glob(String pattern, String value) {
    int p = 0;
    int star = -1;
    int mark = 0;
    int v = 0;
    while (v < value.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = v;
      } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
        p++;
        v++;
      } else if (star >= 0) {
        p = star + 1;
        v = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
