package mo.farol.window;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of a group as bytes that take little room, and back: each behind its length. */
final class Keys {
  /** Values are shown up to this length; what tells groups apart is the hash of them whole. */
  private static final int SHOWN = 200;

  private Keys() {}

  static byte[] pack(List<String> values) {
    var bytes = new ByteArrayOutputStream();
    for (String value : values) {
      byte[] text = cut(value).getBytes(StandardCharsets.UTF_8);
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

  private static String cut(String value) {
    return value.length() <= SHOWN
        ? value
        : value.substring(0, SHOWN) + "…" + Integer.toHexString(value.hashCode());
  }
}
