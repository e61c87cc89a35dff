package mo.farol.export;

import java.util.Optional;

/** What kind of file. */
public enum Format {
  /** RFC 4180; no cell is taken for a formula. */
  CSV("csv", "text/csv; charset=utf-8"),

  /** One JSON object a line. */
  JSONL("ndjson", "application/x-ndjson");

  private final String suffix;
  private final String type;

  Format(String suffix, String type) {
    this.suffix = suffix;
    this.type = type;
  }

  /** By the word that asks for it: {@code csv}, {@code jsonl} or {@code ndjson}. */
  public static Optional<Format> of(String word) {
    return switch (word) {
      case "csv" -> Optional.of(CSV);
      case "jsonl", "ndjson" -> Optional.of(JSONL);
      default -> Optional.empty();
    };
  }

  String suffix() {
    return suffix;
  }

  String type() {
    return type;
  }
}
