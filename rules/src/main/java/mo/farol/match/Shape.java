package mo.farol.match;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mo.farol.sigma.Fold;
import mo.farol.sigma.Glob;

/**
 * What kind of text a glob is, with its literals folded: what the index needs to know to find it. A
 * literal is UTF-8, held as a string of one character a byte.
 */
sealed interface Shape {
  /** The whole value. */
  record Exact(String text) implements Shape {}

  /** The value starts so. */
  record Prefix(String text) implements Shape {}

  /** The value ends so. */
  record Suffix(String text) implements Shape {}

  /** One of these stands somewhere in the value. */
  record Inside(List<String> anyOf) implements Shape {}

  /** Nothing to look for. */
  record Free() implements Shape {}

  /** The shape whose literal is a necessary part of a glob, the longest there is. */
  static Shape of(Glob glob) {
    int length = glob.length();
    boolean before = length > 0 && glob.part(0) == Glob.RUN;
    boolean after = length > 0 && glob.part(length - 1) == Glob.RUN;
    int from = before ? 1 : 0;
    int to = after && length > 1 ? length - 1 : length;
    if (isPlain(glob, from, to)) {
      var text = text(glob, from, to);
      return whole(text, before, after);
    }
    return pieces(glob);
  }

  private static Shape whole(String text, boolean before, boolean after) {
    if (before || after) {
      if (text.isEmpty()) {
        return new Free();
      }
      return before && after
          ? new Inside(List.of(text))
          : before ? new Suffix(text) : new Prefix(text);
    }
    return new Exact(text);
  }

  private static boolean isPlain(Glob glob, int from, int to) {
    for (int i = from; i < to; i++) {
      if (glob.part(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The longest stretch without wildcards and with at most one dash. */
  private static Shape pieces(Glob glob) {
    int bestFrom = 0;
    int bestTo = 0;
    for (int from = 0; from < glob.length(); from++) {
      int dashes = 0;
      int to = from;
      while (to < glob.length() && glob.part(to) != Glob.RUN && glob.part(to) != Glob.ONE) {
        dashes += glob.part(to) == Glob.DASH ? 1 : 0;
        if (dashes > 1) {
          break;
        }
        to++;
      }
      if (to - from > bestTo - bestFrom) {
        bestFrom = from;
        bestTo = to;
      }
    }
    return bestTo == bestFrom ? new Free() : new Inside(dashed(glob, bestFrom, bestTo));
  }

  private static List<String> dashed(Glob glob, int from, int to) {
    for (int i = from; i < to; i++) {
      if (glob.part(i) == Glob.DASH) {
        var all = new ArrayList<String>();
        for (int dash : Glob.DASHES.codePoints().toArray()) {
          int[] parts = glob.parts().skip(from).limit(to - from).toArray();
          parts[i - from] = dash;
          all.add(text(Glob.of(parts), 0, parts.length));
        }
        return all;
      }
    }
    return List.of(text(glob, from, to));
  }

  private static String text(Glob glob, int from, int to) {
    var bytes = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      bytes.writeBytes(GlobBytes.utf8(Fold.codePoint(glob.part(i))));
    }
    return literal(bytes.toByteArray());
  }

  /** Bytes as a literal. */
  static String literal(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a literal. */
  static byte[] bytes(String literal) {
    return literal.getBytes(StandardCharsets.ISO_8859_1);
  }
}
