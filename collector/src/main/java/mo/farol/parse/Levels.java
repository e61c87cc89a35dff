package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Severities as senders spell them, as codes of RFC 5424 table 2. */
final class Levels {
  private static final Map<String, Integer> CODES =
      Map.ofEntries(
          Map.entry("emerg", 0),
          Map.entry("emergency", 0),
          Map.entry("panic", 0),
          Map.entry("alert", 1),
          Map.entry("crit", 2),
          Map.entry("critical", 2),
          Map.entry("fatal", 2),
          Map.entry("err", 3),
          Map.entry("error", 3),
          Map.entry("warn", 4),
          Map.entry("warning", 4),
          Map.entry("notice", 5),
          Map.entry("info", 6),
          Map.entry("information", 6),
          Map.entry("informational", 6),
          Map.entry("debug", 7),
          Map.entry("trace", 7),
          Map.entry("verbose", 7));

  private Levels() {}

  /** The code of a word or of a number from 0 to 7, or -1. */
  static int code(byte[] b, int from, int to) {
    if (to - from > 13 || to == from) {
      return -1;
    }
    int number = Ascii.number(b, from, to);
    if (number >= 0) {
      return number <= 7 ? number : -1;
    }
    var word = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    return CODES.getOrDefault(word.toLowerCase(Locale.ROOT), -1);
  }

  /**
   * The code of {@code critical}, {@code high}, {@code medium}, {@code low}, {@code informational}.
   */
  static int ofThreat(byte[] b, int from, int to) {
    if (from == to) {
      return -1;
    }
    return switch (b[from] | 0x20) {
      case 'c' -> 2;
      case 'h' -> 3;
      case 'm' -> 4;
      case 'l' -> 5;
      case 'i' -> 6;
      default -> -1;
    };
  }

  /** The code of a grade from 0 to 10, as CEF and LEEF give it by number or word, or -1. */
  static int ofGrade(byte[] b, int from, int to) {
    int grade = Ascii.number(b, from, to);
    if (grade < 0 && to > from) {
      grade =
          switch (b[from] | 0x20) {
            case 'l' -> 2;
            case 'm' -> 5;
            case 'h' -> 8;
            case 'v' -> 10;
            default -> -1;
          };
    }
    if (grade < 0 || grade > 10) {
      return -1;
    }
    return grade <= 3 ? 6 : grade <= 6 ? 4 : grade <= 8 ? 3 : 2;
  }
}
