package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mo.farol.event.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * STIX 2.1 indicators (section 4.7) out of bundles, TAXII envelopes, or objects by themselves.
 * Other objects are counted by their type.
 */
final class StixReader {
  private static final Set<String> WANTED =
      Set.of(
          "type",
          "id",
          "pattern",
          "pattern_type",
          "valid_from",
          "valid_until",
          "confidence",
          "labels",
          "indicator_types",
          "object_marking_refs",
          "revoked",
          "modified",
          "definition_type",
          "definition");
  private static final int MOST_MARKINGS = 10_000;
  private static final int LONGEST_MARKING = 100;

  private static final Set<String> OF_ENVELOPE = Set.of("more", "next");

  private final Reading reading;
  private final StixVersions versions;
  private final Map<String, Tlp> markings = new HashMap<>();

  private StixReader(Reading reading, StixVersions versions) {
    this.reading = reading;
    this.versions = versions;
  }

  /**
   * Reads a file.
   *
   * @param versions of its objects, read before: the newest counts
   */
  static void read(InputStream in, Reading reading, StixVersions versions) throws IOException {
    var reader = new StixReader(reading, versions);
    JsonStream.read(in, reading, reader::root);
  }

  private void root(JsonStream json) throws IOException {
    String place = json.place();
    boolean[] isAlone = {true};
    boolean[] isEmpty = {true}; // as an envelope without new objects is, TAXII 2.1 section 3.7
    var object =
        json.object(
            WANTED,
            (name, start) -> {
              isEmpty[0] &= OF_ENVELOPE.contains(name);
              if (!name.equals("objects") || start != JsonToken.START_ARRAY) {
                return false;
              }
              isAlone[0] = false;
              json.each(() -> object(json, json.place()));
              return true;
            });
    if (isAlone[0] && !isEmpty[0]) {
      object(json, place, object);
    }
  }

  private void object(JsonStream json, String place) throws IOException {
    object(json, place, json.object(WANTED));
  }

  private void object(JsonStream json, String place, Map<String, JsonNode> object) {
    if (json.wasCut()) {
      reading.refuse(place, JsonStream.cutReason());
      return;
    }
    String type = JsonStream.text(object, "type");
    switch (type) {
      case "indicator" -> indicator(place, object);
      case "marking-definition" -> marking(object);
      case "" -> reading.refuse(place, "an object without a type is not STIX");
      case "bundle" -> reading.passOver("an empty bundle");
      default -> reading.passOver("a STIX object of type " + shown(type) + " is no indicator");
    }
  }

  private static String shown(String text) {
    return Excerpt.shown(text, 60);
  }

  private void marking(Map<String, JsonNode> object) {
    var node = object.get("definition");
    String id = JsonStream.text(object, "id");
    if (node != null && markings.size() < MOST_MARKINGS && id.length() <= LONGEST_MARKING) {
      Tlp.of(node.path("tlp").asText("")).ifPresent(tlp -> markings.put(id, tlp));
    }
    reading.passOver("a STIX object of type marking-definition is no indicator");
  }

  private void indicator(String at, Map<String, JsonNode> object) {
    String id = JsonStream.text(object, "id");
    String place = id.isEmpty() ? at : at + " " + shown(id);
    String type = JsonStream.text(object, "pattern_type");
    var standing = versions.of(id, StixVersions.version(object));
    if (standing == StixVersions.Standing.REVOKED) {
      reading.passOver("an indicator that was revoked");
    } else if (standing == StixVersions.Standing.OLDER) {
      reading.passOver("an older version of an indicator");
    } else if (!type.isEmpty() && !type.equals("stix")) {
      reading.refuse(place, "patterns of type " + shown(type) + " are not read");
    } else {
      pattern(place, JsonStream.text(object, "pattern"), id, object);
    }
  }

  private void pattern(String place, String pattern, String id, Map<String, JsonNode> object) {
    try {
      var said = said(id, object);
      for (var group : PatternReader.read(pattern)) {
        group(place, group, said);
      }
    } catch (PatternFault e) {
      reading.refuse(place + ", column " + e.column() + " of the pattern", e.reason());
    } catch (Unreadable e) {
      reading.refuse(place, e.reason());
    }
  }

  private void group(String place, List<PatternPart.Values> parts, Said said) {
    int number = parts.size() == 1 ? 0 : reading.group(parts.size());
    for (int part = 0; part < parts.size(); part++) {
      for (var value : parts.get(part).any()) {
        var labels = new ArrayList<>(value.labels());
        for (int other = 0; other < parts.size(); other++) {
          if (other != part) {
            labels.add("with " + shown(parts.get(other).any().getFirst().text()));
          }
        }
        if (!value.labels().isEmpty()) {
          reading.warn("what a pattern says of a file beside its digests is told, not looked at");
        }
        reading.found(place, value.kind(), value.text(), said.with(labels).together(number, part));
      }
    }
  }

  private Said said(String id, Map<String, JsonNode> object) throws Unreadable {
    var labels = new ArrayList<>(texts(object.get("labels")));
    labels.addAll(texts(object.get("indicator_types")));
    return new Said(
        id,
        confidence(object.get("confidence")),
        tlp(texts(object.get("object_marking_refs"))),
        time(object, "valid_from"),
        time(object, "valid_until"),
        labels);
  }

  private static int confidence(@Nullable JsonNode node) throws Unreadable {
    if (node == null || node.isNull()) {
      return -1;
    }
    if (!node.isInt() || node.intValue() < 0 || node.intValue() > 100) {
      throw new Unreadable("confidence is a whole number, 0 to 100");
    }
    return node.intValue();
  }

  private static @Nullable Instant time(Map<String, JsonNode> object, String name)
      throws Unreadable {
    String text = JsonStream.text(object, name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return TimeText.read(text);
    } catch (Unreadable e) {
      throw new Unreadable(name + ": " + e.reason());
    }
  }

  private @Nullable Tlp tlp(List<String> refs) {
    Tlp strictest = null;
    for (String ref : refs) {
      var tlp = Optional.ofNullable(markings.get(ref)).or(() -> Tlp.ofMarking(ref));
      if (tlp.isPresent()) {
        strictest = strictest == null ? tlp.get() : strictest.or(tlp.get());
      } else {
        reading.warn("a marking that is not TLP, or is defined behind its use, is not heeded");
      }
    }
    return strictest;
  }

  private static List<String> texts(@Nullable JsonNode node) {
    var texts = new ArrayList<String>();
    if (node != null && node.isArray()) {
      node.forEach(each -> texts.add(each.asText("")));
    }
    return texts;
  }
}
