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
import mo.farol.event.Excerpt;
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

  private static final int MOST = 100_000;
  private static final int CHARACTERS = 32 << 20;

  // One attribute while its event's own tags and date are not known yet.
  private record Attribute(
      String place,
      String type,
      String value,
      String uuid,
      boolean isMeant,
      boolean isDeleted,
      @Nullable Instant firstSeen,
      List<String> tags) {
    int characters() {
      return place.length()
          + value.length()
          + uuid.length()
          + tags.stream().mapToInt(tag -> tag.length() + 40).sum();
    }
  }

  private final Reading reading;
  private final List<Attribute> attributes = new ArrayList<>();
  private int characters;
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
    json.each(
        () -> {
          String place = json.place();
          var fields = json.object(ATTRIBUTE);
          if (json.wasCut()) {
            reading.refuse(place, JsonStream.cutReason());
          } else {
            keep(attribute(place, fields));
          }
        });
  }

  // An event's tags may stand behind its attributes, so these wait; not more than memory bears.
  private void keep(Attribute attribute) {
    if (attributes.size() >= MOST || characters > CHARACTERS) {
      reading.refuse(
          attribute.place(),
          "one event of more than " + MOST + " attributes is not read on: divide it");
      return;
    }
    characters += attribute.characters();
    attributes.add(attribute);
  }

  private static Attribute attribute(String place, Map<String, JsonNode> fields) {
    return new Attribute(
        place,
        JsonStream.text(fields, "type"),
        JsonStream.text(fields, "value"),
        JsonStream.text(fields, "uuid"),
        !JsonStream.text(fields, "to_ids").equals("false"),
        JsonStream.text(fields, "deleted").equals("true"),
        time(JsonStream.text(fields, "first_seen")),
        labels(fields.get("Tag")));
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
    Tlp tlp = tlp(labels(event.get("Tag")), null);
    Instant date = time(JsonStream.text(event, "date"));
    attributes.forEach(a -> attribute(a, tlp, date));
    attributes.clear();
    characters = 0;
  }

  private void attribute(Attribute attribute, @Nullable Tlp eventTlp, @Nullable Instant date) {
    if (attribute.isDeleted()) {
      reading.passOver("an attribute that was deleted");
    } else if (MispTypes.describes(attribute.type())) {
      reading.passOver("an attribute of type " + attribute.type() + " describes");
    } else if (!attribute.isMeant() && !reading.source().everyAttribute()) {
      reading.passOver("an attribute that is not meant for detection (to_ids)");
    } else {
      take(attribute, said(attribute, eventTlp, date));
    }
  }

  private static Said said(Attribute attribute, @Nullable Tlp eventTlp, @Nullable Instant date) {
    return new Said(
        attribute.uuid(),
        -1,
        tlp(attribute.tags(), eventTlp),
        attribute.firstSeen() == null ? date : attribute.firstSeen(),
        null,
        attribute.tags());
  }

  private void take(Attribute attribute, Said said) {
    String type = attribute.type();
    String id = said.id().isEmpty() ? "" : " " + said.id();
    String place = attribute.place() + id;
    try {
      var parts = MispTypes.parts(type, attribute.value());
      if (parts.isEmpty()) {
        String shown = Excerpt.shown(type, 60);
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

  private static @Nullable Tlp tlp(List<String> tags, @Nullable Tlp otherwise) {
    Tlp strictest = null;
    for (String name : tags) {
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
