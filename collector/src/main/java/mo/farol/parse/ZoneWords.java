package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Zones that senders write as letters behind a time. Names that mean several zones (CST, IST, BST)
 * are left out: then the origin's zone stands.
 */
final class ZoneWords {
  /** Not a zone we know. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  private static final int LONGEST = 5;
  private static final Map<String, Integer> HOURS =
      Map.ofEntries(
          Map.entry("UTC", 0),
          Map.entry("GMT", 0),
          Map.entry("Z", 0),
          Map.entry("WET", 0),
          Map.entry("WEST", 1),
          Map.entry("CET", 1),
          Map.entry("CEST", 2),
          Map.entry("EET", 2),
          Map.entry("EEST", 3),
          Map.entry("MSK", 3),
          Map.entry("HKT", 8),
          Map.entry("SGT", 8),
          Map.entry("AWST", 8),
          Map.entry("JST", 9),
          Map.entry("KST", 9),
          Map.entry("AEST", 10),
          Map.entry("AEDT", 11),
          Map.entry("BRT", -3),
          Map.entry("EDT", -4),
          Map.entry("EST", -5),
          Map.entry("CDT", -5),
          Map.entry("MDT", -6),
          Map.entry("MST", -7),
          Map.entry("PDT", -7),
          Map.entry("PST", -8));

  private ZoneWords() {}

  /** First index that is no capital letter. */
  static int capitals(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] >= 'A' && b[p] <= 'Z') {
      p++;
    }
    return p;
  }

  /** End of a word of capital letters that may be a zone, or {@code from}. */
  static int end(byte[] b, int from, int to) {
    int p = capitals(b, from, Math.min(to, from + LONGEST + 1));
    return p - from <= LONGEST ? p : from;
  }

  /** Seconds east of Greenwich, or {@link #UNKNOWN}. */
  static int seconds(byte[] b, int from, int to) {
    if (to <= from || to - from > LONGEST) {
      return UNKNOWN;
    }
    var hours = HOURS.get(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    return hours == null ? UNKNOWN : hours * 3600;
  }

  /** End of {@code +0100} or {@code +01:00}, or {@code from} where none stands here. */
  static int offsetEnd(byte[] b, int from, int to) {
    if (from + 5 > to || (b[from] != '+' && b[from] != '-')) {
      return from;
    }
    int end = b[from + 3] == ':' ? from + 6 : from + 5;
    boolean fits = Ascii.number(b, from + 1, from + 3) >= 0 && end <= to;
    return fits && Ascii.number(b, end - 2, end) >= 0 ? end : from;
  }

  /** Seconds east of Greenwich of what {@link #offsetEnd} found. */
  static int offsetSeconds(byte[] b, int from, int end) {
    int minutes = Ascii.number(b, from + 1, from + 3) * 60 + Ascii.number(b, end - 2, end);
    return b[from] == '-' ? -minutes * 60 : minutes * 60;
  }
}
