package mo.farol.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import mo.farol.sigma.Fold;
import mo.farol.sigma.Glob;

/**
 * A {@link Glob} over UTF-8 bytes. Linear in the value for each {@code *}: after a star it only
 * ever goes back to the last one.
 */
final class GlobBytes {
  private final int[] parts; // bytes 0..255 and the marks of Glob

  private GlobBytes(int[] parts) {
    this.parts = parts;
  }

  static GlobBytes of(Glob glob, boolean cased) {
    int[] parts = new int[glob.length() * 4];
    int length = 0;
    for (int i = 0; i < glob.length(); i++) {
      int part = glob.part(i);
      if (part < 0) {
        parts[length++] = part;
        continue;
      }
      for (byte b : utf8(cased ? part : Fold.codePoint(part))) {
        parts[length++] = b & 0xff;
      }
    }
    return new GlobBytes(Arrays.copyOf(parts, length));
  }

  static byte[] utf8(int codePoint) {
    return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
  }

  boolean matches(byte[] b, int start, int end) {
    int at = start;
    int part = 0;
    int star = -1;
    int restart = 0;
    while (at < end || part < parts.length) {
      int step = part < parts.length ? step(parts[part], b, at, end) : -1;
      if (part < parts.length && parts[part] == Glob.RUN) {
        star = part++;
        restart = at;
      } else if (step > 0) {
        at += step;
        part++;
      } else if (star >= 0 && restart < end) {
        restart += Fold.size(b, restart, end); // whole characters, or ? would fit half of one
        at = restart;
        part = star + 1;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Bytes that one part takes at a place, or -1 where it doesn't fit. */
  private static int step(int part, byte[] b, int at, int end) {
    if (at >= end) {
      return -1;
    }
    return switch (part) {
      case Glob.RUN -> -1;
      case Glob.ONE -> Fold.size(b, at, end);
      case Glob.DASH -> dash(b, at, end);
      default -> (b[at] & 0xff) == part ? 1 : -1;
    };
  }

  private static int dash(byte[] b, int at, int end) {
    if (b[at] == '-' || b[at] == '/') {
      return 1;
    }
    boolean wide =
        at + 2 < end
            && b[at] == (byte) 0xe2
            && b[at + 1] == (byte) 0x80
            && b[at + 2] >= (byte) 0x93
            && b[at + 2] <= (byte) 0x95;
    return wide ? 3 : -1;
  }
}
