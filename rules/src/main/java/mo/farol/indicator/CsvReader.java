package mo.farol.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mo.farol.event.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Lines of cells with a header, which may stand behind a {@code #}. Which column means what: the
 * source's {@code columns}, else the names below, in any case, the first that is there.
 */
final class CsvReader {
  /** What a column may mean, and the names by which it is known without being told. */
  static final Map<String, List<String>> NAMES =
      Map.of(
          "value",
          List.of(
              "value",
              "indicator",
              "ioc",
              "ioc_value",
              "observable",
              "url",
              "domain",
              "dst_ip",
              "ip",
              "ip_address",
              "sha256_hash",
              "sha1_hash",
              "md5_hash",
              "sha256",
              "sha1",
              "md5"),
          "kind",
          List.of("kind", "type", "ioc_type", "indicator_type"),
          "id",
          List.of("id", "uuid", "ioc_id"),
          "confidence",
          List.of("confidence", "confidence_level", "score"),
          "tlp",
          List.of("tlp"),
          "from",
          List.of("valid_from", "first_seen", "first_seen_utc", "dateadded", "from"),
          "until",
          List.of("valid_until", "expires", "expiration", "until"),
          "labels",
          List.of("labels", "tags", "tag", "malware", "threat_type"));

  private final Reading reading;
  private final Map<String, Integer> places = new HashMap<>();

  private CsvReader(Reading reading) {
    this.reading = reading;
  }

  static void read(InputStream in, Reading reading) throws IOException {
    try (var text = TextLines.open(in)) {
      new CsvReader(reading).rows(new CsvRows(text));
    }
  }

  private void rows(CsvRows rows) throws IOException {
    var first = rows.next();
    if (first == null) {
      return;
    }
    if (!hasValue(first) && hasValue(rows.comment())) {
      if (header(rows.comment(), rows.line())) {
        row(rows, first);
        rest(rows);
      }
    } else if (header(first, rows.line())) {
      rest(rows);
    }
  }

  private void rest(CsvRows rows) throws IOException {
    for (var row = rows.next(); row != null; row = rows.next()) {
      row(rows, row);
    }
  }

  private void row(CsvRows rows, List<String> row) {
    String place = String.valueOf(rows.line());
    if (rows.isBroken()) {
      reading.refuse(place, "a quote that is opened here does not end");
    } else {
      row(place, row);
    }
  }

  private boolean hasValue(List<String> header) {
    return place(header, "value", NAMES.getOrDefault("value", List.of())) >= 0;
  }

  private int place(List<String> header, String meaning, List<String> names) {
    String told = reading.source().columns().get(meaning);
    for (String name : told == null ? names : List.of(told.toLowerCase(Locale.ROOT))) {
      for (int i = 0; i < header.size(); i++) {
        if (header.get(i).toLowerCase(Locale.ROOT).equals(name)) {
          return i;
        }
      }
    }
    return -1;
  }

  private boolean header(List<String> header, int line) {
    NAMES.forEach(
        (meaning, names) -> {
          int place = place(header, meaning, names);
          if (place >= 0) {
            places.put(meaning, place);
          }
        });
    for (String meaning : reading.source().columns().keySet()) {
      if (!places.containsKey(meaning)) {
        reading.refuse(String.valueOf(line), "the header has no column for " + meaning);
        return false;
      }
    }
    if (!places.containsKey("value")) {
      reading.refuse(
          String.valueOf(line),
          "the header names no value: say in sources.yml which column has it (columns: value: …)");
      return false;
    }
    return true;
  }

  private String cell(List<String> row, String meaning) {
    Integer place = places.get(meaning);
    return place == null || place >= row.size() ? "" : row.get(place);
  }

  private void row(String place, List<String> row) {
    String value = Guess.refanged(cell(row, "value"));
    String kind = cell(row, "kind");
    try {
      if (kind.equalsIgnoreCase("ip:port")) {
        reading.warn("of ip:port the port is not looked at");
        value = withoutPort(value);
        kind = Kind.ADDRESS.word();
      }
      reading.found(place, kind(kind, value), value, said(row));
    } catch (Unreadable e) {
      reading.refuse(place, e.reason());
    }
  }

  private static String withoutPort(String value) {
    byte[] b = value.getBytes(StandardCharsets.UTF_8);
    return new String(b, 0, UrlText.portColon(b, 0, b.length), StandardCharsets.UTF_8);
  }

  private static Kind kind(String word, String value) throws Unreadable {
    if (word.isEmpty()) {
      return Guess.kind(value).orElseThrow(() -> new Unreadable("a value of no kind known here"));
    }
    String shown = Excerpt.shown(word, 60);
    return Kind.of(word)
        .orElseThrow(() -> new Unreadable("the kind '" + shown + "' is not looked for"));
  }

  private Said said(List<String> row) throws Unreadable {
    String labels = cell(row, "labels");
    return new Said(
        cell(row, "id"),
        confidence(cell(row, "confidence")),
        tlp(cell(row, "tlp")),
        time(cell(row, "from"), "from"),
        time(cell(row, "until"), "until"),
        Arrays.stream(labels.split("[;|,]", -1)).map(String::strip).toList());
  }

  private static int confidence(String text) throws Unreadable {
    if (text.isEmpty()) {
      return -1;
    }
    try {
      int confidence = Integer.parseInt(text);
      if (confidence >= 0 && confidence <= 100) {
        return confidence;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Unreadable("confidence is a whole number, 0 to 100");
  }

  private static @Nullable Tlp tlp(String text) throws Unreadable {
    return text.isEmpty()
        ? null
        : Tlp.of(text)
            .orElseThrow(() -> new Unreadable("tlp is clear, green, amber, amber+strict or red"));
  }

  private static @Nullable Instant time(String text, String name) throws Unreadable {
    try {
      return text.isEmpty() ? null : TimeText.read(text);
    } catch (Unreadable e) {
      throw new Unreadable(name + ": " + e.reason());
    }
  }
}
