package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small fixed dictionary asked with bytes, so that no string is made to look a word up. */
final class Words<T> {
  private final byte[][] keys;
  private final Object[] values;
  private final int mask;

  private Words(Map<String, T> entries) {
    int slots = Integer.highestOneBit(entries.size() * 4) * 2;
    keys = new byte[slots][];
    values = new Object[slots];
    mask = slots - 1;
    entries.forEach(
        (word, value) -> {
          byte[] key = word.getBytes(StandardCharsets.UTF_8);
          int slot = hash(key, 0, key.length) & mask;
          while (keys[slot] != null) {
            slot = slot + 1 & mask;
          }
          keys[slot] = key;
          values[slot] = value;
        });
  }

  static <T> Words<T> of(Map<String, T> entries) {
    return new Words<>(new LinkedHashMap<>(entries));
  }

  /** What stands under this word, or null. */
  @SuppressWarnings("unchecked") // only T goes in
  @Nullable T find(byte[] bytes, int from, int to) {
    for (int slot = hash(bytes, from, to) & mask; ; slot = slot + 1 & mask) {
      byte[] key = keys[slot];
      if (key == null) {
        return null;
      }
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return (T) values[slot];
      }
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    int h = 0x811c9dc5;
    for (int i = from; i < to; i++) {
      h = (h ^ bytes[i]) * 0x01000193;
    }
    return h ^ h >>> 15;
  }
}
