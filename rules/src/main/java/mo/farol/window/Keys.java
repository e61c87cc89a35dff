package mo.farol.window;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of a group as bytes that take little room, and back: each behind its length. */
final class Keys {
  /** So many code points of a long value are shown; behind them stands a digest of it whole. */
  private static final int SHOWN = 200;

  private static final int DIGEST = 32; // hexadecimal digits

  private Keys() {}

  /**
   * @param values cut
   */
  static byte[] pack(List<String> values) {
    var bytes = new ByteArrayOutputStream();
    for (String value : values) {
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      bytes.write(text.length >>> 8);
      bytes.write(text.length);
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }

  static Map<String, String> named(List<String> names, byte[] packed) {
    var named = new LinkedHashMap<String, String>();
    int at = 0;
    for (String name : names) {
      int length = (packed[at] & 0xFF) << 8 | packed[at + 1] & 0xFF;
      named.put(name, new String(packed, at + 2, length, StandardCharsets.UTF_8));
      at += 2 + length;
    }
    return named;
  }

  /** A value as it is kept and told apart: whole, or its start and a digest. */
  static String cut(String value) {
    int whole = SHOWN + 1 + DIGEST; // so what was cut is not cut again
    if (value.length() <= whole || value.codePointCount(0, value.length()) <= whole) {
      return value;
    }
    return value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…" + digest(value);
  }

  private static String digest(String value) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      byte[] bytes = sha.digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, DIGEST / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
