package mo.farol.indicator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a file of indicators is written. */
public enum Format {
  /** STIX 2.1 bundles, TAXII envelopes, single objects. */
  STIX,
  /** MISP events, alone, in a list or in an answer of its API. */
  MISP,
  /** Lines of cells with a header, RFC 4180. */
  CSV,
  /** One value a line. */
  LIST,
  /** CISA's catalogue of known exploited vulnerabilities, whole or a line each. */
  KEV;

  /** The word for it in {@code sources.yml}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a word; empty for none of ours. */
  public static Optional<Format> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
  }

  /** All words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Format::word).collect(Collectors.joining(", "));
  }

  /**
   * What a file seems to be.
   *
   * @param name its name, {@code .gz} left out
   * @param head how it begins, some thousand characters
   */
  static Format guess(String name, String head) {
    String start = head.replace("\ufeff", "").stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      if (head.contains("\"cveID\"") || head.contains("\"vulnerabilities\"")) {
        return KEV;
      }
      return head.contains("\"Event\"") || head.contains("\"Attribute\"") ? MISP : STIX;
    }
    return name.toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : LIST;
  }
}
