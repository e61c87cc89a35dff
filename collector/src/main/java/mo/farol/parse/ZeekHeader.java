package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the {@code #} lines before a Zeek log say.
 *
 * @param path the log, such as {@code conn}
 * @param fields field numbers, one a column
 * @param types Zeek's type names, one a column; empty where the header named none
 * @param separator between columns
 * @param unset a column without a value
 * @param empty a column with an empty value
 */
record ZeekHeader(
    String path,
    List<Integer> fields,
    List<String> types,
    byte separator,
    String unset,
    String empty) {

  private static final Set<String> MARKS =
      Set.of("uid", "fuid", "method", "tls", "state", "depth", "flag");

  private static final Map<String, String> TYPES =
      Stream.of(
              "addr",
              "port",
              "count",
              "depth",
              "bool",
              "flag",
              "time",
              "interval",
              "uid",
              "fuid",
              "method",
              "tls",
              "state")
          .collect(Collectors.toUnmodifiableMap(type -> type, type -> type));

  ZeekHeader {
    fields = List.copyOf(fields);
    types = List.copyOf(types);
  }

  /** One before any line was read: tabs, {@code -} and {@code (empty)}. */
  static ZeekHeader none() {
    return new ZeekHeader("", List.of(), List.of(), (byte) '\t', "-", "(empty)");
  }

  ZeekHeader withPath(String now) {
    return new ZeekHeader(now, List.of(), List.of(), separator, unset, empty);
  }

  ZeekHeader withFields(List<Integer> now) {
    return new ZeekHeader(path, now, List.of(), separator, unset, empty);
  }

  ZeekHeader withTypes(String[] now) {
    return new ZeekHeader(
        path, fields, Arrays.stream(now).map(ZeekHeader::type).toList(), separator, unset, empty);
  }

  /** A type by the name of ours that says all we ask of it, so that no sender's text is kept. */
  private static String type(String written) {
    if (written.startsWith("set[")) {
      return "set[]";
    }
    return written.startsWith("vector[") ? "vector[]" : TYPES.getOrDefault(written, "");
  }

  ZeekHeader withSeparator(byte now) {
    return new ZeekHeader(path, fields, types, now, unset, empty);
  }

  ZeekHeader withUnset(String now) {
    return new ZeekHeader(path, fields, types, separator, now, empty);
  }

  ZeekHeader withEmpty(String now) {
    return new ZeekHeader(path, fields, types, separator, unset, now);
  }

  /** Whether a line has a value of the right type in every column. */
  boolean fits(byte[] b, int from, int to) {
    int column = 0;
    int p = from;
    for (; p <= to && column < fields.size(); column++) {
      int end = Ascii.until(b, p, to, separator);
      if (column < types.size() && !takes(types.get(column), b, p, end)) {
        return false;
      }
      p = end + 1;
    }
    return !fields.isEmpty() && column == fields.size() && p == to + 1;
  }

  /** A column may be unset, but for one by which a log is known. */
  private boolean takes(String type, byte[] b, int from, int to) {
    return isUnset(b, from, to) ? !MARKS.contains(type) : isType(type, b, from, to);
  }

  boolean isUnset(byte[] b, int from, int to) {
    return is(b, from, to, unset) || is(b, from, to, empty);
  }

  private static boolean is(byte[] b, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (b[i] != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /** A connection's state, as conn.log spells it. */
  private static boolean isState(byte[] b, int from, int to) {
    return to > from
        && to - from < 8
        && " S0 S1 SF REJ S2 S3 RSTO RSTR RSTOS0 RSTRH SH SHR OTH "
            .contains(" " + new String(b, from, to - from, StandardCharsets.ISO_8859_1) + " ");
  }

  private static boolean isType(String type, byte[] b, int from, int to) {
    return switch (type) {
      case "addr" -> Text.isAddress(b, from, to);
      case "port", "count", "depth" -> to > from && Ascii.skipDigits(b, from, to) == to;
      case "bool", "flag" -> to - from == 1 && (b[from] == 'T' || b[from] == 'F');
      case "time", "interval" -> to > from && (Ascii.isDigit(b[from]) || b[from] == '-');
      case "uid" -> to - from > 8 && b[from] == 'C';
      case "fuid" -> to - from > 8 && b[from] == 'F';
      case "method" -> to > from && ZoneWords.capitals(b, from, to) == to;
      case "tls" -> to - from > 3 && (b[from + 1] == 'L' || b[from + 1] == 'S' || b[from] == 'D');
      case "state" -> isState(b, from, to);
      default -> true;
    };
  }
}
