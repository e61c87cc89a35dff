package mo.farol.wire;

import java.util.Arrays;

/** The head of a zstd frame, byte by byte: RFC 8878 sections 3.1.1.1 and 3.1.2. */
final class ZstdHead {
  /** What a byte led to. */
  enum Next {
    MORE,
    READ,
    WRONG,
    TOO_LARGE
  }

  private static final long MOST_WINDOW_BYTES = 8 << 20;
  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int MAGIC_BYTES = 4;
  private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
  private static final int[] SIZE_BYTES = {0, 2, 4, 8};

  private final byte[] head = new byte[MAGIC_BYTES + 1 + 1 + 4 + 8];
  private int length;

  boolean isEmpty() {
    return length == 0;
  }

  /** The head that was read; starts anew. */
  byte[] bytes() {
    byte[] read = Arrays.copyOf(head, length);
    length = 0;
    return read;
  }

  Next take(byte b) {
    head[length++] = b;
    if (length < MAGIC_BYTES) {
      return Next.MORE;
    }
    int magic = (int) number(0, MAGIC_BYTES);
    if (length == MAGIC_BYTES) {
      return (magic & ~0xf) == SKIPPABLE ? Next.READ : magic == MAGIC ? Next.MORE : Next.WRONG;
    }
    return descriptor(head[MAGIC_BYTES] & 0xff);
  }

  private Next descriptor(int flags) {
    boolean single = (flags & 0x20) != 0;
    int windowBytes = single ? 0 : 1;
    int dictionary = DICTIONARY_BYTES[flags & 3];
    int size = flags >> 6 == 0 && single ? 1 : SIZE_BYTES[flags >> 6];
    int all = MAGIC_BYTES + 1 + windowBytes + dictionary + size;
    if (length < all) {
      return Next.MORE;
    }
    long window = single ? number(all - size, all) + (size == 2 ? 256 : 0) : window(head[5] & 0xff);
    return window >= 0 && window <= MOST_WINDOW_BYTES ? Next.READ : Next.TOO_LARGE;
  }

  private static long window(int descriptor) {
    long base = 1L << 10 + (descriptor >> 3);
    return base + (base >> 3) * (descriptor & 7);
  }

  private long number(int from, int to) {
    long value = 0;
    for (int i = to - 1; i >= from; i--) {
      value = value << Byte.SIZE | head[i] & 0xff;
    }
    return value;
  }
}
