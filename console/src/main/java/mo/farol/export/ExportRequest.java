package mo.farol.export;

import java.util.List;
import java.util.stream.Stream;
import mo.farol.search.SearchRequest;

/**
 * What is to be taken out.
 *
 * @param request query, scope and time; a query with stages is refused
 * @param fields names of columns, or of JSON's members; short ones as in a query; none for the
 *     usual
 * @param limit events at most, the newest; 0 for all
 * @param marked whether CSV begins with a byte order mark, by which spreadsheets know UTF-8
 */
public record ExportRequest(
    SearchRequest request, Format format, List<String> fields, long limit, boolean marked) {
  private static final int MOST_FIELDS = 100;
  private static final int LONGEST_FIELD = 300;

  /** Throws {@link IllegalArgumentException} for too many fields. */
  public ExportRequest {
    fields = fields.stream().distinct().toList();
    if (fields.size() > MOST_FIELDS
        || fields.stream().anyMatch(field -> field.length() > LONGEST_FIELD)) {
      throw new IllegalArgumentException(
          "an export has at most %d fields, each named in at most %d characters"
              .formatted(MOST_FIELDS, LONGEST_FIELD));
    }
  }

  /** Names separated by commas. */
  public static List<String> fields(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }
}
