package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * What an OTLP log record means as an event, whatever its encoding: attributes keep their names,
 * for OpenTelemetry's are ECS's where they mean the same; the record's own fields get ECS names.
 */
final class OtlpEvent {
  private static final int TRACE_ID = Fields.id("trace.id");
  private static final int SPAN_ID = Fields.id("span.id");
  private static final int LOGGER = Fields.id("log.logger");
  private static final int CREATED = Fields.id("event.created");
  private static final byte[] DATASET = Ascii.bytes("otlp");
  private static final byte[] CUT = Ascii.bytes("OTLP record with more values than we take");
  private static final String[][] COPIES = {
    {"exception.type", "error.type"},
    {"exception.message", "error.message"},
    {"exception.stacktrace", "error.stack_trace"},
    {"service.instance.id", "service.node.name"},
    {"deployment.environment.name", "service.environment"},
    {"deployment.environment", "service.environment"},
    {"enduser.id", "user.name"},
    {"client.address", "source.ip"},
    {"client.port", "source.port"},
    {"server.port", "destination.port"},
    {"network.peer.address", "source.ip"},
    {"http.response.status_code", "http.response.status_code"},
    {"process.executable.path", "process.executable"},
    {"process.executable.name", "process.name"},
    {"thread.name", "process.thread.name"},
    {"log.file.path", "log.file.path"}
  };
  private static final int[] FROM = column(0);
  private static final int[] INTO = column(1);
  private static final long MICRO_NANOS = 1000;

  private final ParseConfig config;
  private final Message message;
  private final byte[] name;
  private int nameLength;
  private int pairs;
  private EventDraft draft = new EventDraft(1);
  private int first;
  private boolean isCut;

  OtlpEvent(ParseConfig config, Message message) {
    this.config = config;
    this.message = message;
    this.name = new byte[config.nameBytes()];
  }

  void open(EventDraft of) {
    draft = of;
    first = of.into().filled();
    nameLength = 0;
    pairs = 0;
    isCut = false;
  }

  /** Nanoseconds since 1970; 0 says nothing. */
  void time(long nanos) {
    if (nanos > 0) {
      draft.occurredAt(nanos / MICRO_NANOS);
    }
  }

  /** When the record was first seen; its time where it has no other. */
  void observed(long nanos) {
    if (nanos > 0) {
      draft.into().addText(CREATED, Micros.toInstant(nanos / MICRO_NANOS).toString());
      if (draft.occurredAt() == Micros.NONE) {
        time(nanos);
      }
    }
  }

  /** 1 to 24: OpenTelemetry's log data model, "Severity fields". */
  void severity(long number) {
    if (number >= 1 && number <= 24) {
      draft.severity(number <= 8 ? 7 : number <= 12 ? 6 : number <= 16 ? 4 : number <= 20 ? 3 : 2);
    }
  }

  void level(byte[] b, int from, int to) {
    if (to > from) {
      draft.into().addCopy(Fields.LOG_LEVEL, b, from, to);
    }
  }

  void eventName(byte[] b, int from, int to) {
    if (to > from) {
      draft.into().addCopy(Fields.EVENT_ACTION, b, from, to);
    }
  }

  void scope(byte[] b, int from, int to) {
    if (to > from) {
      draft.into().addCopy(LOGGER, b, from, to);
    }
  }

  /** The trace's id in hexadecimal digits. */
  void trace(byte[] hex) {
    draft.word(TRACE_ID, hex);
  }

  void span(byte[] hex) {
    draft.word(SPAN_ID, hex);
  }

  /**
   * A text body.
   *
   * @param isSlice whether it stands in the frame as it is
   */
  void body(byte[] b, int from, int to, boolean isSlice) {
    if (isSlice) {
      message.read(draft, from, to);
    } else if (to > from) {
      draft.into().addCopy(Fields.MESSAGE, b, from, to);
    }
  }

  /** Adds a key to the name of the moment; {@link #pop} takes it off again. */
  int push(byte[] key, int from, int to) {
    int outer = nameLength;
    int at = outer == 0 ? 0 : outer + 1;
    if (at + to - from > name.length) {
      nameLength = name.length + 1;
      return outer;
    }
    if (at > 0) {
      name[outer] = '.';
    }
    System.arraycopy(key, from, name, at, to - from);
    nameLength = at + to - from;
    return outer;
  }

  void pop(int outer) {
    nameLength = outer;
  }

  /** A value under the name of the moment. */
  void value(byte[] b, int from, int to) {
    if (pairs == config.pairs()) {
      isCut = true;
      return;
    }
    pairs++;
    draft.into().addCopy(field(), b, from, to);
  }

  /** The record is read: what it means beside its own names. */
  void close() {
    var into = draft.into();
    for (int i = 0; i < FROM.length; i++) {
      int k = FROM[i] == INTO[i] ? -1 : into.findOpen(FROM[i]);
      if (k >= first && into.findOpen(INTO[i]) < 0) {
        into.addPart(INTO[i], k, 0, into.length(k));
      }
    }
    if (into.findOpen(Fields.EVENT_DATASET) < 0) {
      draft.word(Fields.EVENT_DATASET, DATASET);
    }
    if (isCut) {
      draft.word(Names.NOTE, CUT);
    }
    if (into.findOpen(Fields.MESSAGE) < 0) {
      summary();
    }
  }

  // A body that is no text: what it holds is the message, so that free text finds it.
  private void summary() {
    var into = draft.into();
    var words = new StringBuilder();
    int filled = into.filled();
    for (int k = first; k < filled && words.length() < name.length * 4; k++) {
      words.append(words.isEmpty() ? "" : " ");
      words.append(Fields.name(into.field(k))).append('=').append(into.text(k));
    }
    into.addText(Fields.MESSAGE, words.toString());
  }

  private int field() {
    if (nameLength == 0 || nameLength > name.length) {
      return Fields.OVERFLOW;
    }
    return isReserved() ? ownName() : draft.field(name, 0, nameLength);
  }

  // Names by which we say something ourselves.
  private boolean isReserved() {
    String text = new String(name, 0, Math.min(nameLength, 10), StandardCharsets.ISO_8859_1);
    return text.startsWith("farol.")
        || text.equals("agency")
        || text.equals("message")
        || text.equals("@timestamp");
  }

  private int ownName() {
    byte[] own =
        ("otlp." + new String(name, 0, nameLength, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    return draft.field(own, 0, own.length);
  }

  private static int[] column(int c) {
    int[] fields = new int[COPIES.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = Fields.id(COPIES[i][c]);
    }
    return fields;
  }
}
