package mo.farol.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people look for in events, as 32 keyed bits a field in the rows of a ring: enough to tell
 * what the hits of a window have in common. Their texts: {@link ShownTexts}.
 */
final class Shown {
  static final List<String> FIELDS =
      List.of(
          "host.name",
          "user.name",
          "user.target.name",
          "source.ip",
          "destination.ip",
          "destination.port",
          "process.executable",
          "process.name",
          "file.path",
          "url.path");

  /** Longs that the bits take in a row. */
  static final int LONGS = (FIELDS.size() + 1) / 2;

  private Shown() {}

  /** Writes the bits of a hit into a row. Zero stands for no value, or for several. */
  static void write(Hit hit, SipHash hash, long[] row, int at) {
    for (int i = 0; i < FIELDS.size(); i++) {
      long bits = bits(hit.fields().get(FIELDS.get(i)), hash);
      int k = at + i / 2;
      row[k] = i % 2 == 0 ? bits : row[k] | bits << 32;
    }
  }

  private static long bits(@Nullable String text, SipHash hash) {
    if (text == null) {
      return 0;
    }
    long bits = hash.start().text(text).end().first() & 0xFFFF_FFFFL;
    return bits == 0 ? 1 : bits;
  }

  /** Blots out in a long of bits what another has otherwise. */
  static long common(long a, long b) {
    long differing = a ^ b;
    long kept = (differing & 0xFFFF_FFFFL) == 0 ? a & 0xFFFF_FFFFL : 0;
    return kept | (differing >>> 32 == 0 ? a & ~0xFFFF_FFFFL : 0);
  }

  /** The bits of a field among those of a row. */
  static long bits(long[] bits, int field) {
    return bits[field / 2] >>> (field % 2 * 32) & 0xFFFF_FFFFL;
  }
}
