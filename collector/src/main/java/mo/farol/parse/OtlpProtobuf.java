package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/** An OTLP log record in protobuf: opentelemetry/proto/logs/v1 and common/v1, version 1. */
final class OtlpProtobuf {
  private static final String BROKEN = "the OTLP record is broken";
  private static final byte[] HEX = Ascii.bytes("0123456789abcdef");

  private final OtlpEvent event;
  // One reader a level: a value may hold values.
  private final Protobuf[] values;
  private final Protobuf outer = new Protobuf();
  private final Protobuf record = new Protobuf();
  private byte[] bytes = {};
  private int resource;
  private int resourceTo;
  private int scope;
  private int scopeTo;
  private int log;
  private int logTo;

  OtlpProtobuf(OtlpEvent event, int depth) {
    this.event = event;
    values = new Protobuf[depth * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Protobuf();
    }
  }

  @Nullable String read(EventDraft draft, int from, int to) {
    bytes = draft.bytes();
    log = -1;
    resource = -1;
    scope = -1;
    find(from, to);
    if (log < 0) {
      return BROKEN;
    }
    event.open(draft);
    if (!record(log, logTo) || !parts()) {
      return BROKEN;
    }
    event.close();
    return null;
  }

  // ExportLogsServiceRequest > ResourceLogs > ScopeLogs > LogRecord
  private void find(int from, int to) {
    int resourceLogs = slice(from, to, 1);
    if (resourceLogs < 0) {
      return;
    }
    int end = outer.to();
    resource = slice(resourceLogs, end, 1);
    resourceTo = outer.to();
    int scopeLogs = slice(resourceLogs, end, 2);
    if (scopeLogs < 0) {
      return;
    }
    end = outer.to();
    scope = slice(scopeLogs, end, 1);
    scopeTo = outer.to();
    log = slice(scopeLogs, end, 2);
    logTo = outer.to();
  }

  private int slice(int from, int to, int field) {
    outer.enter(bytes, from, to);
    while (outer.next()) {
      if (outer.is(field, Protobuf.LENGTH)) {
        return outer.from();
      }
    }
    return -1;
  }

  private boolean record(int from, int to) {
    long observed = 0;
    record.enter(bytes, from, to);
    while (record.next()) {
      switch (record.field()) {
        case 1 -> event.time(record.value());
        case 2 -> event.severity(record.value());
        case 3 -> event.level(bytes, record.from(), record.to());
        case 5 -> body(record.from(), record.to());
        case 6 -> attribute(record.from(), record.to(), 0);
        case 9 -> event.trace(hex(record.from(), record.to()));
        case 10 -> event.span(hex(record.from(), record.to()));
        case 11 -> observed = record.value();
        case 12 -> event.eventName(bytes, record.from(), record.to());
        default -> {}
      }
    }
    event.observed(observed);
    return !record.isBroken();
  }

  private boolean parts() {
    boolean whole = true;
    if (scope >= 0) {
      record.enter(bytes, scope, scopeTo);
      while (record.next()) {
        if (record.is(1, Protobuf.LENGTH)) {
          event.scope(bytes, record.from(), record.to());
        }
      }
      whole = !record.isBroken();
    }
    if (resource >= 0) {
      record.enter(bytes, resource, resourceTo);
      while (record.next()) {
        if (record.is(1, Protobuf.LENGTH)) {
          attribute(record.from(), record.to(), 0);
        }
      }
      whole &= !record.isBroken();
    }
    return whole;
  }

  private void body(int from, int to) {
    var body = values[0].enter(bytes, from, to);
    if (body.next() && body.is(1, Protobuf.LENGTH)) {
      event.body(bytes, body.from(), body.to(), true);
    } else {
      value(from, to, 0);
    }
  }

  // KeyValue: key = 1, value = 2
  private void attribute(int from, int to, int depth) {
    if (depth + 1 >= values.length) {
      return;
    }
    var pair = values[depth].enter(bytes, from, to);
    int key = from;
    int keyTo = from;
    int value = -1;
    int valueTo = -1;
    while (pair.next()) {
      if (pair.is(1, Protobuf.LENGTH)) {
        key = pair.from();
        keyTo = pair.to();
      } else if (pair.is(2, Protobuf.LENGTH)) {
        value = pair.from();
        valueTo = pair.to();
      }
    }
    if (value >= 0) {
      int outerName = event.push(bytes, key, keyTo);
      value(value, valueTo, depth + 1);
      event.pop(outerName);
    }
  }

  // AnyValue
  private void value(int from, int to, int depth) {
    if (depth >= values.length) {
      return;
    }
    var any = values[depth].enter(bytes, from, to);
    while (any.next()) {
      switch (any.field()) {
        case 1 -> event.value(bytes, any.from(), any.to());
        case 2 -> text(any.value() == 0 ? "false" : "true");
        case 3 -> text(Long.toString(any.value()));
        case 4 -> text(Double.toString(Double.longBitsToDouble(any.value())));
        case 5 -> list(any.from(), any.to(), depth + 1);
        case 6 -> pairs(any.from(), any.to(), depth + 1);
        case 7 -> {
          byte[] hex = hex(any.from(), any.to());
          event.value(hex, 0, hex.length);
        }
        default -> {}
      }
    }
  }

  private void list(int from, int to, int depth) {
    if (depth < values.length) {
      var list = values[depth].enter(bytes, from, to);
      while (list.next()) {
        if (list.is(1, Protobuf.LENGTH)) {
          value(list.from(), list.to(), depth + 1);
        }
      }
    }
  }

  private void pairs(int from, int to, int depth) {
    if (depth < values.length) {
      var list = values[depth].enter(bytes, from, to);
      while (list.next()) {
        if (list.is(1, Protobuf.LENGTH)) {
          attribute(list.from(), list.to(), depth + 1);
        }
      }
    }
  }

  private void text(String text) {
    byte[] ascii = Ascii.bytes(text);
    event.value(ascii, 0, ascii.length);
  }

  private byte[] hex(int from, int to) {
    byte[] digits = new byte[(to - from) * 2];
    for (int i = from; i < to; i++) {
      digits[(i - from) * 2] = HEX[bytes[i] >> 4 & 0xf];
      digits[(i - from) * 2 + 1] = HEX[bytes[i] & 0xf];
    }
    return digits;
  }
}
