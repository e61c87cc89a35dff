package mo.farol.parse;

import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import mo.farol.event.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the frame being read, as headers and texts are recognised. Re-used; belongs to
 * one parser.
 */
final class Line {
  final Cursor cursor = new Cursor();
  EventBatch into = new EventBatch();
  long occurredAt = Micros.NONE;
  Severity severity = Severity.NOTICE;
  @Nullable String rejection;
  // Slice of the application name, for the choice of a dialect.
  int appFrom;
  int appTo;
  boolean hasHost;

  void begin(EventBatch into, byte[] bytes, int from, int to) {
    this.into = into;
    cursor.over(bytes, from, to);
    occurredAt = Micros.NONE;
    severity = Severity.NOTICE;
    rejection = null;
    appFrom = appTo = 0;
    hasHost = false;
  }

  void reject(String reason) {
    rejection = reason;
  }

  /** Facility and severity out of a PRI value, RFC 5424 section 6.2.1. */
  void priority(int pri) {
    severity = Severity.ofCode(pri & 7);
    into.addText(Fields.FACILITY, NUMBERS[pri >> 3]);
    into.addText(Fields.SEVERITY, NUMBERS[pri & 7]);
  }

  void host(int from, int to) {
    if (to > from) {
      into.add(Fields.HOST_NAME, from, to);
      hasHost = true;
    }
  }

  void app(int from, int to) {
    appFrom = from;
    appTo = to;
    if (to > from) {
      into.add(Fields.APP_NAME, from, to);
    }
  }

  void message(int from, int to) {
    if (to > from) {
      into.add(Fields.MESSAGE, from, to);
    }
  }

  /** Adds a slice of the frame where it holds anything. */
  void put(int field, int from, int to) {
    if (to > from) {
      into.add(field, from, to);
    }
  }

  /** Adds a constant. */
  void put(int field, byte[] constant) {
    into.addCopy(field, constant, 0, constant.length);
  }

  private static final String[] NUMBERS = new String[24];

  static {
    for (int i = 0; i < NUMBERS.length; i++) {
      NUMBERS[i] = Integer.toString(i);
    }
  }
}
