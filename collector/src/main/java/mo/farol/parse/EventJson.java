package mo.farol.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/** An event as one flat JSON object in ECS names, for {@code farol parse} and exports. */
public final class EventJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .configure(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET, false)
          .build();

  private EventJson() {}

  /**
   * Writes event {@code i} as one object, without a line end; {@code {"rejected":…,"raw":…}} where
   * no format could read it.
   */
  public static void write(EventBatch batch, int i, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      var why = batch.rejection(i);
      if (why == null) {
        event(batch, i, json);
      } else {
        rejected(batch.frames(), i, why, json);
      }
    }
  }

  private static void rejected(FrameBatch frames, int i, @Nullable String why, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("rejected", why);
    json.writeStringField("raw", frames.frame(i, 0).text());
    json.writeEndObject();
  }

  private static void event(EventBatch batch, int i, JsonGenerator json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int k = batch.from(i); k < batch.to(i); k++) {
      fields.merge(Fields.name(batch.field(k)), batch.text(k), (a, b) -> a + ", " + b);
    }
    json.writeStartObject();
    json.writeStringField("@timestamp", Micros.toInstant(batch.occurredAtMicros(i)).toString());
    fields.remove("@timestamp");
    for (var field : fields.entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
  }
}
