package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.lucene.util.BytesRef;

/**
 * Names of Lucene fields and the shape of keyword terms; shared by the writer and the search room.
 */
public final class Layout {
  /** Time of the event in microseconds: doc values with a skip index. */
  public static final String TIME = "@timestamp";

  /** Journal sequence: doc values. */
  public static final String SEQUENCE = "_seq";

  /** Place of the block in the journal: doc values. */
  public static final String POSITION = "_pos";

  /** Syslog severity code: doc values. */
  public static final String SEVERITY = "_sev";

  /** Words of the message, with positions. */
  public static final String TEXT = "_text";

  /** Keyword terms {@code name NUL value}, value lower-cased. */
  public static final String KEYWORD = "_kw";

  /** Names of the fields an event has. */
  public static final String HAS = "_has";

  /** The agency's id, upon which every scope is enforced. */
  public static final String AGENCY = "agency";

  /** Longest value kept whole as a keyword, in bytes. */
  public static final int KEYWORD_BYTES = 256;

  /** Fields that are also ordinals, for counting their most frequent values. */
  public static final Set<String> COUNTED =
      Set.of(
          AGENCY,
          "host.name",
          "user.name",
          "source.ip",
          "destination.ip",
          "destination.port",
          "event.action",
          "event.outcome",
          "event.dataset",
          "log.syslog.appname",
          "url.path",
          "http.response.status_code");

  private Layout() {}

  /** The keyword term of a field and an already lower-cased value. */
  public static BytesRef term(String field, String value) {
    byte[] name = field.getBytes(StandardCharsets.UTF_8);
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    int kept = Math.min(text.length, KEYWORD_BYTES);
    byte[] term = new byte[name.length + 1 + kept];
    System.arraycopy(name, 0, term, 0, name.length);
    System.arraycopy(text, 0, term, name.length + 1, kept);
    return new BytesRef(term);
  }

  /** Lucene's name for the ordinals of a counted field. */
  public static String ordinals(String field) {
    return "#" + field;
  }
}
