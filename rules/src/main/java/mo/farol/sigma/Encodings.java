package mo.farol.sigma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** The encoding modifiers: Sigma specification 2.1.0, appendix "Modifiers", "Encoding". */
final class Encodings {
  private static final int MANY_DASHES = 4;
  private static final int[] START = {0, 2, 3};
  private static final int[] CUT = {0, 3, 2};

  private Encodings() {}

  /** Dashes become a mark that stands for any of them. */
  static Glob windash(Glob glob) {
    return Glob.of(
        glob.parts().map(c -> c >= 0 && Glob.DASHES.indexOf(c) >= 0 ? Glob.DASH : c).toArray());
  }

  /** Every way to write what {@code windash} marked; itself where there is no mark. */
  static List<Glob> dashes(Glob glob) {
    int at = (int) glob.parts().takeWhile(part -> part != Glob.DASH).count();
    if (at == glob.length()) {
      return List.of(glob);
    }
    if (glob.parts().filter(part -> part == Glob.DASH).count() > MANY_DASHES) {
      throw new IllegalArgumentException(
          "more than " + MANY_DASHES + " dashes can't be encoded in every way");
    }
    var all = new ArrayList<Glob>();
    for (int dash : Glob.DASHES.codePoints().toArray()) {
      int[] parts = glob.parts().toArray();
      parts[at] = dash;
      all.addAll(dashes(Glob.of(parts)));
    }
    return all;
  }

  /** Each character as the two bytes of UTF-16LE, a byte a code point. */
  static Glob utf16le(Glob glob) {
    return units(glob, false);
  }

  /** Each character as the two bytes of UTF-16BE, a byte a code point. */
  static Glob utf16be(Glob glob) {
    return units(glob, true);
  }

  /** UTF-16LE behind its byte order mark, FF FE. */
  static Glob utf16(Glob glob) {
    var encoded = units(glob, false).parts();
    return Glob.of(IntStream.concat(IntStream.of(0xff, 0xfe), encoded).toArray());
  }

  private static Glob units(Glob glob, boolean big) {
    return Glob.of(
        glob.parts()
            .flatMap(
                part ->
                    part < 0
                        ? IntStream.of(part)
                        : Character.toString(part)
                            .chars()
                            .flatMap(
                                unit ->
                                    big
                                        ? IntStream.of(unit >> 8, unit & 0xff)
                                        : IntStream.of(unit & 0xff, unit >> 8)))
            .toArray());
  }

  /**
   * The value in Base64.
   *
   * @param bytes whether each code point is a byte already; otherwise it is text, taken as UTF-8
   */
  static Glob base64(Glob glob, boolean bytes) {
    return Glob.plain(Base64.getEncoder().encodeToString(raw(glob, bytes)));
  }

  /** What of the value's Base64 stays the same wherever in a longer text it stands: three ways. */
  static List<Glob> base64offset(Glob glob, boolean bytes) {
    byte[] raw = raw(glob, bytes);
    var shifted = new ArrayList<Glob>();
    for (int offset = 0; offset < 3; offset++) {
      byte[] padded = new byte[offset + raw.length];
      System.arraycopy(raw, 0, padded, offset, raw.length);
      String text = Base64.getEncoder().encodeToString(padded);
      int end = text.length() - CUT[padded.length % 3];
      if (START[offset] < end) {
        shifted.add(Glob.plain(text.substring(START[offset], end)));
      }
    }
    if (shifted.size() < 3) {
      throw new IllegalArgumentException("the value is too short for base64offset");
    }
    return shifted;
  }

  private static byte[] raw(Glob glob, boolean bytes) {
    if (!glob.isPlain()) {
      throw new IllegalArgumentException("a value with wildcards can't be encoded");
    }
    return glob.text().getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }
}
