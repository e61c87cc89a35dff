package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import mo.farol.event.Severity;
import org.apache.lucene.util.BytesRef;

/**
 * How an event lies in Lucene; the only words that writer and reader share.
 *
 * <p>One field of terms holds everything that is matched whole. The first byte of a term says what
 * it is, and no event can choose it, so no log text can pass for the index's own terms (the scope
 * filter rests on this). A new field name costs nothing: it is only a new prefix.
 */
final class Layout {
  /** Lucene field of all terms but the message's. */
  static final String TERMS = "t";

  /** Lucene field of the message's words, with positions. */
  static final String MESSAGE = "m";

  /** Doc values. */
  static final String TIME = "time";

  static final String SEQUENCE = "seq";
  static final String POSITION = "pos";
  static final String SEVERITY = "sev";

  /** Prefix of the doc values of a facet. */
  static final String FACET = "f.";

  /** A field's whole value: name, 0, value in lower case. */
  static final byte VALUE = 1;

  /** One word of a value too long to be kept whole: name, 0, word. */
  static final byte WORD = 2;

  /** An address: name, 0, 16 bytes. */
  static final byte ADDRESS = 3;

  /** What the index itself says: name, 0, value. */
  static final byte OWN = 4;

  /**
   * Which fields an event has: agency, 0, then each name followed by 0. Where an event has several
   * such terms, all but one begin with an empty name.
   */
  static final byte SHAPE = 5;

  /** Bytes of a value that are kept whole. */
  static final int LONGEST_VALUE = 1024;

  /** Bytes of a value that are counted by. */
  static final int LONGEST_FACET = 256;

  static final String AGENCY = "agency";
  static final String INPUT = "farol.input";
  static final String LANE = "farol.lane";
  static final String EXERCISE = "farol.exercise";
  static final String REJECTED = "farol.rejected";
  static final String GRADE = "severity";
  static final String WHEN = "@timestamp";
  static final String ID = "id";

  /** Names that are the index's own, whatever a log line calls its fields. */
  static final List<String> OWN_FIELDS =
      List.of(WHEN, AGENCY, EXERCISE, ID, INPUT, LANE, REJECTED, GRADE);

  /**
   * Fields whose values are counted fast: what an analyst counts by every day. Each costs bytes in
   * every event, so they are few; any other field can be counted too, by going through its terms.
   */
  static final Set<String> FACETS =
      Set.of(
          "host.name",
          "user.name",
          "source.ip",
          "destination.ip",
          "destination.port",
          "process.name",
          "event.action",
          "event.category",
          "event.code",
          "event.dataset",
          "event.outcome",
          "http.response.status_code",
          "log.syslog.appname",
          "rule.name",
          "url.domain",
          "url.path");

  private Layout() {}

  /** The bytes before the value in a term. */
  static byte[] prefix(byte kind, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    byte[] prefix = new byte[utf8.length + 2];
    prefix[0] = kind;
    System.arraycopy(utf8, 0, prefix, 1, utf8.length);
    return prefix;
  }

  /** A whole term. */
  static BytesRef term(byte kind, String name, byte[] value) {
    byte[] prefix = prefix(kind, name);
    byte[] term = Arrays.copyOf(prefix, prefix.length + value.length);
    System.arraycopy(value, 0, term, prefix.length, value.length);
    return new BytesRef(term);
  }

  /** One of the index's own terms. */
  static BytesRef own(String name, String value) {
    return term(OWN, name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The term of a severity. */
  static BytesRef grade(Severity severity) {
    return own(GRADE, severity.word());
  }

  static boolean isOwn(String field) {
    return OWN_FIELDS.contains(field);
  }

  /** Whether values of this field are also kept as addresses. */
  static boolean isAddress(String field) {
    return field.endsWith(".ip") || field.equals("ip");
  }
}
