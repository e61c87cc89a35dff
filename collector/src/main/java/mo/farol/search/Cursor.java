package mo.farol.search;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Where a page ended: the time and sequence of its last row. Rows that arrive later do not move it.
 */
record Cursor(long time, long sequence) {
  String write() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(time).putLong(sequence).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static Cursor read(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == 16) {
        return new Cursor(bytes.getLong(), bytes.getLong());
      }
    } catch (IllegalArgumentException e) {
      // told below like any other text that is no cursor
    }
    throw new QueryFault(1, "the cursor is none that a page gave; start again without one");
  }
}
