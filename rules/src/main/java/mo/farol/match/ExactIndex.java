package mo.farol.match;

import java.util.Arrays;
import java.util.Map;

/** Byte strings by hash, open addressing; asked with a slice, so that nothing is copied. */
final class ExactIndex {
  private final byte[][] keys;
  private final int[] numbers;
  private final int mask;
  private final long lengths; // a bit for each length that a key has, of 63 and more one

  ExactIndex(Map<String, Integer> texts) {
    int slots = Integer.highestOneBit(Math.max(1, texts.size()) * 2) * 2;
    keys = new byte[slots][];
    numbers = new int[slots];
    mask = texts.isEmpty() ? -1 : slots - 1;
    lengths =
        texts.keySet().stream().mapToLong(text -> bit(text.length())).reduce(0, (a, b) -> a | b);
    texts.forEach((text, number) -> put(Shape.bytes(text), number));
  }

  private static long bit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }

  private void put(byte[] key, int number) {
    int slot = hash(key, 0, key.length) & mask;
    while (keys[slot] != null) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    numbers[slot] = number;
  }

  /** Number of the text in a slice, or -1. */
  int find(byte[] b, int from, int to) {
    if ((lengths & bit(to - from)) == 0) {
      return -1;
    }
    for (int slot = hash(b, from, to) & mask; ; slot = (slot + 1) & mask) {
      byte[] key = keys[slot];
      if (key == null) {
        return -1;
      }
      if (Arrays.equals(key, 0, key.length, b, from, to)) {
        return numbers[slot];
      }
    }
  }

  private static int hash(byte[] b, int from, int to) {
    int h = to - from;
    for (int i = from; i < to; i++) {
      h = h * 31 + b[i];
    }
    return h ^ (h >>> 16);
  }
}
