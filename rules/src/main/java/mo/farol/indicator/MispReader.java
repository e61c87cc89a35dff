package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of MISP events (MISP core format), those of their objects too: one event, a list, an
 * answer of the API, the files of a feed. An attribute that isn't meant for detection ({@code
 * to_ids}) is passed over unless the source asks for every one.
 */
final class MispReader {
  private static final Set<String> ATTRIBUTE =
      Set.of("type", "value", "to_ids", "uuid", "deleted", "first_seen", "Tag");
  private static final Set<String> EVENT = Set.of("date", "Tag");
  private static final Set<String> OBJECT = Set.of("deleted");

  private record Attribute(String place, Map<String, JsonNode> fields) {}

  private final Reading reading;
  private final List<Attribute> attributes = new ArrayList<>();
  private boolean isMisp;

  private MispReader(Reading reading) {
    this.reading = reading;
  }

  static void read(InputStream in, Reading reading) throws IOException {
    var reader = new MispReader(reading);
    JsonStream.read(in, reading, reader::root);
    if (!reader.isMisp && reading.report().refusedCount() == 0) {
      reading.refuse("", "neither an Event nor an Attribute in it: not an event of MISP");
    }
  }

  // Events stand under "Event", in the answer of the API below "response" as well.
  private void root(JsonStream json) throws IOException {
    var fields =
        json.object(
            EVENT,
            (name, start) -> {
              if (name.equals("response") && start == JsonToken.START_ARRAY) {
                json.each(() -> root(json));
                return true;
              }
              if (start == JsonToken.START_OBJECT
                  && (name.equals("Event") || name.equals("response"))) {
                root(json);
                return true;
              }
              return part(json, name, start);
            });
    emit(fields);
  }

  private boolean part(JsonStream json, String name, JsonToken start) throws IOException {
    if (start != JsonToken.START_ARRAY) {
      return false;
    }
    switch (name) {
      case "Attribute" -> attributes(json);
      case "Object" -> {
        isMisp = true;
        json.each(() -> object(json));
      }
      case "ShadowAttribute" ->
          json.each(
              () -> {
                json.object(Set.of());
                reading.passOver("a proposal (ShadowAttribute)");
              });
      default -> {
        return false;
      }
    }
    return true;
  }

  private void attributes(JsonStream json) throws IOException {
    isMisp = true;
    json.each(() -> attributes.add(new Attribute(json.place(), json.object(ATTRIBUTE))));
  }

  private void object(JsonStream json) throws IOException {
    int before = attributes.size();
    var fields = json.object(OBJECT, (name, start) -> part(json, name, start));
    if (JsonStream.text(fields, "deleted").equals("true")) {
      var deleted = attributes.subList(before, attributes.size());
      deleted.forEach(_ -> reading.passOver("an attribute of an object that was deleted"));
      deleted.clear();
    }
  }

  private void emit(Map<String, JsonNode> event) {
    Tlp tlp = tlp(event.get("Tag"), null);
    Instant date = time(JsonStream.text(event, "date"));
    attributes.forEach(a -> attribute(a, tlp, date));
    attributes.clear();
  }

  private void attribute(Attribute attribute, @Nullable Tlp eventTlp, @Nullable Instant date) {
    var fields = attribute.fields();
    String type = JsonStream.text(fields, "type");
    boolean isMeant = !JsonStream.text(fields, "to_ids").equals("false");
    if (JsonStream.text(fields, "deleted").equals("true")) {
      reading.passOver("an attribute that was deleted");
    } else if (MispTypes.describes(type)) {
      reading.passOver("an attribute of type " + type + " describes");
    } else if (!isMeant && !reading.source().everyAttribute()) {
      reading.passOver("an attribute that is not meant for detection (to_ids)");
    } else {
      take(attribute, type, said(fields, eventTlp, date));
    }
  }

  private static Said said(
      Map<String, JsonNode> fields, @Nullable Tlp eventTlp, @Nullable Instant date) {
    Instant seen = time(JsonStream.text(fields, "first_seen"));
    return new Said(
        JsonStream.text(fields, "uuid"),
        -1,
        tlp(fields.get("Tag"), eventTlp),
        seen == null ? date : seen,
        null,
        labels(fields.get("Tag")));
  }

  private void take(Attribute attribute, String type, Said said) {
    String id = said.id().isEmpty() ? "" : " " + said.id();
    String place = attribute.place() + id;
    try {
      var parts = MispTypes.parts(type, JsonStream.text(attribute.fields(), "value"));
      if (parts.isEmpty()) {
        String shown = type.length() > 60 ? type.substring(0, 60) + "…" : type;
        reading.refuse(place, "attributes of type '" + shown + "' are not looked for");
      }
      parts.forEach(
          part -> reading.found(place, part.kind(), part.value(), said.with(part.labels())));
      if (MispTypes.isNarrowed(type)) {
        reading.warn("of " + type + " the port or name is told, not looked at");
      }
    } catch (Unreadable e) {
      reading.refuse(place, type + ": " + e.reason());
    }
  }

  private static @Nullable Instant time(String text) {
    try {
      return text.isEmpty() ? null : TimeText.read(text);
    } catch (Unreadable e) {
      return null;
    }
  }

  private static @Nullable Tlp tlp(@Nullable JsonNode tags, @Nullable Tlp otherwise) {
    Tlp strictest = null;
    for (String name : labels(tags)) {
      var tlp = name.regionMatches(true, 0, "tlp:", 0, 4) ? Tlp.of(name).orElse(null) : null;
      if (tlp != null) {
        strictest = strictest == null ? tlp : strictest.or(tlp);
      }
    }
    return strictest == null ? otherwise : strictest;
  }

  private static List<String> labels(@Nullable JsonNode tags) {
    var names = new ArrayList<String>();
    if (tags != null && tags.isArray()) {
      tags.forEach(tag -> names.add(tag.path("name").asText("")));
    }
    return names;
  }
}
