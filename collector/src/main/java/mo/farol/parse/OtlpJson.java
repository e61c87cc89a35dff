package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP log record in JSON: lowerCamelCase names, 64-bit numbers as texts, ids in hexadecimal.
 */
final class OtlpJson {
  private static final String BROKEN = "the OTLP record is broken";

  private final OtlpEvent event;
  // One walk a level: a value may hold values.
  private final JsonWalk[] walks;
  private final JsonWalk outer = new JsonWalk();
  private final JsonText text = new JsonText();
  private byte[] bytes = {};

  OtlpJson(OtlpEvent event, int depth) {
    this.event = event;
    walks = new JsonWalk[depth * 2];
    for (int i = 0; i < walks.length; i++) {
      walks[i] = new JsonWalk();
    }
  }

  @Nullable String read(EventDraft draft, int from, int to) {
    bytes = draft.bytes();
    int group = element(from, to, "resourceLogs");
    int groupTo = outer.to();
    int scopes = group < 0 ? -1 : element(group, groupTo, "scopeLogs");
    int scopesTo = outer.to();
    int log = scopes < 0 ? -1 : element(scopes, scopesTo, "logRecords");
    if (log < 0 || bytes[log] != '{') {
      return BROKEN;
    }
    event.open(draft);
    record(log, outer.to());
    if (member(scopes, scopesTo, "scope")) {
      scope(outer.from(), outer.to());
    }
    if (member(group, groupTo, "resource")) {
      resource(outer.from(), outer.to());
    }
    event.close();
    return null;
  }

  // The first element of the array that is a member of this name; its end is the walk's.
  private int element(int from, int to, String name) {
    return member(from, to, name)
            && outer.enter(bytes, outer.from(), outer.to())
            && bytes[outer.from()] == '['
            && outer.next()
        ? outer.from()
        : -1;
  }

  private boolean member(int from, int to, String name) {
    byte[] key = Ascii.bytes(name);
    boolean entered = outer.enter(bytes, from, to);
    while (entered && outer.next()) {
      if (outer.isKey(key)) {
        return true;
      }
    }
    return false;
  }

  private void record(int from, int to) {
    var walk = walks[0];
    long observed = 0;
    walk.enter(bytes, from, to);
    while (walk.next()) {
      switch (key(walk)) {
        case "timeUnixNano" -> event.time(number(walk));
        case "observedTimeUnixNano" -> observed = number(walk);
        case "severityNumber" -> event.severity(number(walk));
        case "severityText" -> {
          if (string(walk)) {
            event.level(text.bytes(bytes), text.from(), text.to());
          }
        }
        case "eventName" -> {
          if (string(walk)) {
            event.eventName(text.bytes(bytes), text.from(), text.to());
          }
        }
        case "traceId" -> {
          if (string(walk) && text.to() > text.from()) {
            event.trace(copy());
          }
        }
        case "spanId" -> {
          if (string(walk) && text.to() > text.from()) {
            event.span(copy());
          }
        }
        case "body" -> body(walk.from(), walk.to());
        case "attributes" -> attributes(walk.from(), walk.to(), 1);
        default -> {}
      }
    }
    event.observed(observed);
  }

  private void scope(int from, int to) {
    walks[0].enter(bytes, from, to);
    while (walks[0].next()) {
      if (key(walks[0]).equals("name") && string(walks[0])) {
        event.scope(text.bytes(bytes), text.from(), text.to());
      }
    }
  }

  private void resource(int from, int to) {
    walks[0].enter(bytes, from, to);
    while (walks[0].next()) {
      if (key(walks[0]).equals("attributes")) {
        attributes(walks[0].from(), walks[0].to(), 1);
      }
    }
  }

  private void body(int from, int to) {
    var walk = walks[1];
    if (walk.enter(bytes, from, to)
        && walk.next()
        && key(walk).equals("stringValue")
        && string(walk)) {
      event.body(text.bytes(bytes), text.from(), text.to(), text.isPlain());
    } else {
      value(from, to, 1);
    }
  }

  // A list of {"key":…,"value":{…}}
  private void attributes(int from, int to, int depth) {
    if (depth + 1 >= walks.length || !walks[depth].enter(bytes, from, to)) {
      return;
    }
    while (walks[depth].next()) {
      attribute(walks[depth].from(), walks[depth].to(), depth + 1);
    }
  }

  private void attribute(int from, int to, int depth) {
    var walk = walks[depth];
    int value = -1;
    int valueTo = -1;
    boolean named = false;
    int outerName = 0;
    if (!walk.enter(bytes, from, to)) {
      return;
    }
    while (walk.next()) {
      switch (key(walk)) {
        case "key" -> {
          if (!named && string(walk)) {
            outerName = event.push(text.bytes(bytes), text.from(), text.to());
            named = true;
          }
        }
        case "value" -> {
          value = walk.from();
          valueTo = walk.to();
        }
        default -> {}
      }
    }
    if (named && value >= 0) {
      value(value, valueTo, depth + 1);
    }
    if (named) {
      event.pop(outerName);
    }
  }

  // AnyValue: one member that says its type
  private void value(int from, int to, int depth) {
    if (depth + 1 >= walks.length || !walks[depth].enter(bytes, from, to)) {
      return;
    }
    var walk = walks[depth];
    while (walk.next()) {
      switch (key(walk)) {
        case "arrayValue" -> values(walk.from(), walk.to(), depth + 1, false);
        case "kvlistValue" -> values(walk.from(), walk.to(), depth + 1, true);
        case "stringValue", "boolValue", "intValue", "doubleValue", "bytesValue" -> {
          if (string(walk)) {
            event.value(text.bytes(bytes), text.from(), text.to());
          } else if (walk.kind() != '{' && walk.kind() != '[' && walk.kind() != 'n') {
            event.value(bytes, walk.from(), walk.to());
          }
        }
        default -> {}
      }
    }
  }

  private void values(int from, int to, int depth, boolean named) {
    if (depth + 2 >= walks.length || !walks[depth].enter(bytes, from, to)) {
      return;
    }
    while (walks[depth].next()) {
      if (!key(walks[depth]).equals("values")) {
        continue;
      }
      if (named) {
        attributes(walks[depth].from(), walks[depth].to(), depth + 1);
      } else if (walks[depth + 1].enter(bytes, walks[depth].from(), walks[depth].to())) {
        while (walks[depth + 1].next()) {
          value(walks[depth + 1].from(), walks[depth + 1].to(), depth + 2);
        }
      }
    }
  }

  private String key(JsonWalk walk) {
    int length = walk.keyTo() - walk.keyFrom();
    return length <= 0 || length > 24
        ? ""
        : new String(bytes, walk.keyFrom(), length, StandardCharsets.ISO_8859_1);
  }

  private boolean string(JsonWalk walk) {
    return walk.kind() == '"' && text.scan(bytes, walk.from() + 1, walk.to()) >= 0;
  }

  // A number or a text of one.
  private long number(JsonWalk walk) {
    int quote = walk.kind() == '"' ? 1 : 0;
    long value = 0;
    for (int i = walk.from() + quote; i < walk.to() - quote; i++) {
      if (!Ascii.isDigit(bytes[i]) || value > Long.MAX_VALUE / 10 - 1) {
        return 0;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  private byte[] copy() {
    return Arrays.copyOfRange(text.bytes(bytes), text.from(), text.to());
  }
}
