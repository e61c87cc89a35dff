package mo.farol.window;

/**
 * SipHash-2-4 with 128 bits of result (Aumasson, Bernstein 2012) over the UTF-16 code units of
 * texts, low byte first. Keyed, so that nobody outside can make two texts collide. One thread at a
 * time; nothing is allocated.
 */
final class SipHash {
  private final long k0;
  private final long k1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long word;
  private int units;
  private long first;
  private long second;

  SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  long k0() {
    return k0;
  }

  long k1() {
    return k1;
  }

  SipHash start() {
    v0 = 0x736f6d6570736575L ^ k0;
    v1 = 0x646f72616e646f6dL ^ k1 ^ 0xee;
    v2 = 0x6c7967656e657261L ^ k0;
    v3 = 0x7465646279746573L ^ k1;
    word = 0;
    units = 0;
    return this;
  }

  /** Adds a text and where it ends, so that texts in a row can't be taken for others. */
  SipHash part(String text) {
    unit(text.length());
    unit(text.length() >>> 16);
    return text(text);
  }

  SipHash text(String text) {
    for (int i = 0; i < text.length(); i++) {
      unit(text.charAt(i));
    }
    return this;
  }

  private void unit(int value) {
    word |= (long) (value & 0xFFFF) << (16 * (units & 3));
    if ((++units & 3) == 0) {
      block(word);
      word = 0;
    }
  }

  /** Ends; then {@link #first} and {@link #second} are the result. */
  SipHash end() {
    block((2L * units) << 56 | word);
    v2 ^= 0xee;
    rounds(4);
    first = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= 0xdd;
    rounds(4);
    second = v0 ^ v1 ^ v2 ^ v3;
    return this;
  }

  long first() {
    return first;
  }

  long second() {
    return second;
  }

  private void block(long m) {
    v3 ^= m;
    rounds(2);
    v0 ^= m;
  }

  private void rounds(int n) {
    for (int i = 0; i < n; i++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
