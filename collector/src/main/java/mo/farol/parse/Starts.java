package mo.farol.parse;

import java.util.ArrayList;
import java.util.List;

/** Formats sorted by the byte with which a text begins, so that few are asked about it. */
final class Starts {
  private final Format[][] byFirst = new Format[256][];

  Starts(List<Format> formats) {
    for (int first = 0; first < byFirst.length; first++) {
      var some = new ArrayList<Format>();
      for (Format format : formats) {
        String starts = format.starts();
        if (starts.isEmpty() || starts.indexOf(first) >= 0) {
          some.add(format);
        }
      }
      byFirst[first] = some.toArray(Format[]::new);
    }
  }

  /** Those that may begin with this byte, in order. */
  Format[] with(byte first) {
    return byFirst[first & 0xff];
  }
}
