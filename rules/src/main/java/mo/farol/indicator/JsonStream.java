package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON document, or several behind each other, as a stream with bounds: nesting to 64, strings to
 * a mebibyte. Only the values asked for are kept of an object, each up to a number of parts and
 * characters; one that has more is left out, and {@link #wasCut} says so.
 */
final class JsonStream implements AutoCloseable {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(1 << 20)
                      .maxNameLength(1000)
                      .maxNumberLength(100)
                      .build())
              .build());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int PARTS = 10_000;
  private static final int CHARACTERS = 256 * 1024;

  private final JsonParser parser;
  private final int mostParts;
  private final int mostCharacters;
  private int parts;
  private int characters;
  private boolean cut;

  JsonStream(InputStream in) throws IOException {
    this(in, PARTS, CHARACTERS);
  }

  /** One whose values may have so many parts and characters. */
  JsonStream(InputStream in, int mostParts, int mostCharacters) throws IOException {
    parser = MAPPER.getFactory().createParser(in);
    this.mostParts = mostParts;
    this.mostCharacters = mostCharacters;
  }

  /** Whether a value was left out, being too large, since this was last asked. */
  boolean wasCut() {
    boolean was = cut;
    cut = false;
    return was;
  }

  /** Why, for a report. */
  static String cutReason() {
    return "a value of more than %d parts or %d characters is not read"
        .formatted(PARTS, CHARACTERS);
  }

  /** What a field of an object is handed to; the parser stands on the value. */
  interface Field {
    /** True where the value has been read to its end. */
    boolean read(String name, JsonToken start) throws IOException;
  }

  /** Something to do for each object of an array. */
  interface Item {
    void read() throws IOException;
  }

  /** Reads every object at the top, in arrays or not; broken JSON is refused at its place. */
  static void read(InputStream in, Reading reading, Use use) throws IOException {
    try (var json = new JsonStream(in)) {
      try {
        json.roots(() -> use.root(json));
      } catch (JsonProcessingException e) {
        var at = e.getLocation();
        String place = at == null ? json.place() : at.getLineNr() + ":" + at.getColumnNr();
        reading.refuse(place, "broken JSON, nothing behind it is read: " + e.getOriginalMessage());
      }
    }
  }

  /** Reads one object at the top. */
  interface Use {
    void root(JsonStream json) throws IOException;
  }

  /** Reads every object at the top, in arrays or not. */
  void roots(Item item) throws IOException {
    for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        item.read();
      }
    }
  }

  /**
   * Reads the object the parser stands on to its end.
   *
   * @param wanted fields whose values are given back
   * @param other asked first for every field
   */
  Map<String, JsonNode> object(Set<String> wanted, Field other) throws IOException {
    var found = new HashMap<String, JsonNode>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      var start = parser.nextToken();
      if (other.read(name, start)) {
        continue;
      }
      if (wanted.contains(name)) {
        value().ifPresent(value -> found.put(name, value));
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private Optional<JsonNode> value() throws IOException {
    parts = mostParts;
    characters = mostCharacters;
    var value = tree();
    cut |= isOver();
    return isOver() ? Optional.empty() : Optional.of(value);
  }

  private boolean isOver() {
    return parts < 0 || characters < 0;
  }

  // Past the bounds nothing is kept any more, but everything is read.
  private JsonNode tree() throws IOException {
    parts--;
    if (isOver()) {
      parser.skipChildren();
      return NODES.nullNode();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var node = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          characters -= name.length();
          parser.nextToken();
          var value = tree();
          if (!isOver()) {
            node.set(name, value);
          }
        }
        yield node;
      }
      case START_ARRAY -> {
        var node = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          var value = tree();
          if (!isOver()) {
            node.add(value);
          }
        }
        yield node;
      }
      case VALUE_STRING -> {
        String text = parser.getText();
        characters -= text.length();
        yield NODES.textNode(text);
      }
      default -> MAPPER.readTree(parser);
    };
  }

  Map<String, JsonNode> object(Set<String> wanted) throws IOException {
    return object(wanted, (_, _) -> false);
  }

  /** The first object of the document; empty where it begins with something else. */
  Map<String, JsonNode> first(Set<String> wanted) throws IOException {
    return first(wanted, (_, _) -> false);
  }

  /** The same, other fields handed over. */
  Map<String, JsonNode> first(Set<String> wanted, Field other) throws IOException {
    return parser.nextToken() == JsonToken.START_OBJECT ? object(wanted, other) : Map.of();
  }

  /** Reads the array the parser stands on; what is no object in it is skipped. */
  void each(Item item) throws IOException {
    for (var t = parser.nextToken();
        t != JsonToken.END_ARRAY && t != null;
        t = parser.nextToken()) {
      if (t == JsonToken.START_OBJECT) {
        item.read();
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Where the parser stands, {@code line:column} from 1. */
  String place() {
    var at = parser.currentTokenLocation();
    return at.getLineNr() + ":" + at.getColumnNr();
  }

  static String text(Map<String, JsonNode> object, String name) {
    var node = object.get(name);
    return node == null || node.isNull() ? "" : node.asText("");
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
