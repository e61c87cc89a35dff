package mo.farol.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.FieldTypes;
import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * Events as JSON for people and scripts: one flat object, ECS names, {@code @timestamp} first; a
 * repeated field is an array; what ECS types as a number is one.
 */
public final class EventJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final int LONGEST_NUMBER = 15;

  private EventJson() {}

  /**
   * Writes event {@code i} as one object without a line end; a rejected one as {@code
   * {"rejected":"reason","raw":"text"}} and the fields that were read before the fault. Broken
   * UTF-8 shows as U+FFFD.
   */
  public static void write(EventBatch batch, int i, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      var why = batch.rejection(i);
      if (why == null) {
        event(batch, i, json);
      } else {
        rejected(batch, i, why, json);
      }
      json.writeEndObject();
    }
  }

  private static void rejected(EventBatch batch, int i, String why, JsonGenerator json)
      throws IOException {
    var frames = batch.frames();
    int from = frames.start(i);
    json.writeStringField("rejected", why);
    json.writeStringField(
        "raw", new String(frames.bytes(), from, frames.end(i) - from, StandardCharsets.UTF_8));
    var fields = fields(batch, i);
    fields.remove("message");
    if (batch.occurredAtMicros(i) != frames.receivedAtMicros()) {
      time(batch, i, json);
    }
    values(fields, json);
  }

  private static void event(EventBatch batch, int i, JsonGenerator json) throws IOException {
    time(batch, i, json);
    values(fields(batch, i), json);
  }

  private static Map<String, List<String>> fields(EventBatch batch, int i) {
    var fields = new LinkedHashMap<String, List<String>>();
    for (int k = batch.from(i); k < batch.to(i); k++) {
      String name = Fields.name(batch.field(k));
      fields.computeIfAbsent(name, ignored -> new ArrayList<>()).add(batch.text(k));
    }
    fields.remove("@timestamp");
    return fields;
  }

  private static void time(EventBatch batch, int i, JsonGenerator json) throws IOException {
    json.writeStringField("@timestamp", Micros.toInstant(batch.occurredAtMicros(i)).toString());
  }

  private static void values(Map<String, List<String>> fields, JsonGenerator json)
      throws IOException {
    for (var field : fields.entrySet()) {
      json.writeFieldName(field.getKey());
      boolean isNumber = FieldTypes.of(Fields.id(field.getKey())) == FieldTypes.Type.LONG;
      values(isNumber, field.getValue(), json);
    }
  }

  private static void values(boolean isNumber, List<String> values, JsonGenerator json)
      throws IOException {
    boolean isArray = values.size() > 1;
    if (isArray) {
      json.writeStartArray();
    }
    for (String value : values) {
      if (isNumber && isWhole(value)) {
        json.writeNumber(value);
      } else {
        json.writeString(value);
      }
    }
    if (isArray) {
      json.writeEndArray();
    }
  }

  private static boolean isWhole(String value) {
    boolean sized = !value.isEmpty() && value.length() <= LONGEST_NUMBER;
    return sized
        && (value.length() == 1 || value.charAt(0) != '0')
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
