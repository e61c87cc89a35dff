package mo.farol.parse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/** One frame parsed, for tests to look at. */
record Parsed(String rejection, Instant at, int severity, Map<String, String> fields, String json) {
  static final Instant RECEIVED = Instant.parse("2025-03-10T12:00:00Z");
  static final Origin ORIGIN = Origin.live("agency-a", "syslog.tcp", "192.0.2.9");

  static Parsed of(String frame) {
    return of(frame, ORIGIN, RECEIVED);
  }

  static Parsed of(String frame, Origin origin, Instant receivedAt) {
    var batch = new EventBatch();
    new Parser(ParseConfig.defaults())
        .parse(FrameBatch.ofTexts(origin, receivedAt, frame), 7, 0, batch);
    return of(batch, 0);
  }

  static Parsed of(EventBatch batch, int i) {
    var fields = new LinkedHashMap<String, String>();
    for (int k = batch.from(i); k < batch.to(i); k++) {
      fields.merge(Fields.name(batch.field(k)), batch.text(k), (a, b) -> a + "|" + b);
    }
    var json = new ByteArrayOutputStream();
    try {
      EventJson.write(batch, i, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var why = batch.rejection(i);
    return new Parsed(
        why == null ? "" : why,
        batch.event(i).occurredAt(),
        batch.severity(i),
        fields,
        json.toString(StandardCharsets.UTF_8));
  }

  String get(String field) {
    return fields.getOrDefault(field, "");
  }
}
