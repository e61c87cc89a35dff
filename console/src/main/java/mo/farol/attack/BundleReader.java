package mo.farol.attack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads techniques out of a STIX 2.1 bundle as MITRE publishes it: objects of type {@code
 * attack-pattern} that are neither revoked nor deprecated, by their {@code external_references} of
 * {@code mitre-attack}; the edition out of {@code x-mitre-collection}. One object is in memory at a
 * time.
 */
final class BundleReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE = "mitre-attack";
  private static final Pattern ID = Pattern.compile("T\\d{4}(\\.\\d{3})?");
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,3}");
  private static final int LONGEST_NAME = 200;
  private static final int MOST = 10_000;

  /** It can be read and is not what it should be. */
  static final class NoBundle extends IOException {
    private static final long serialVersionUID = 1;

    NoBundle(String message) {
      super(message);
    }
  }

  private final List<Technique> techniques = new ArrayList<>();
  private String version = "";

  private BundleReader() {}

  /** Reads a file; throws where it is no bundle, or one without a technique. */
  static Matrix read(Path file) throws IOException {
    var reader = new BundleReader();
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        var parser = JSON.getFactory().createParser(in)) {
      reader.bundle(parser);
    }
    if (reader.techniques.isEmpty()) {
      throw new NoBundle("no technique of ATT&CK's enterprise matrix is in it");
    }
    return new Matrix(reader.version, reader.techniques);
  }

  private void bundle(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new NoBundle("a STIX bundle is an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isObjects = parser.currentName().equals("objects");
      if (parser.nextToken() == JsonToken.START_ARRAY && isObjects) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          JsonNode object = parser.readValueAsTree();
          object(object);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void object(JsonNode object) throws IOException {
    switch (object.path("type").asText()) {
      case "attack-pattern" -> technique(object);
      case "x-mitre-collection" -> {
        String said = object.path("x_mitre_version").asText();
        version = VERSION.matcher(said).matches() ? said : version;
      }
      default -> {
        // groups, software, relationships
      }
    }
  }

  private void technique(JsonNode object) throws IOException {
    boolean isGone =
        object.path("revoked").asBoolean() || object.path("x_mitre_deprecated").asBoolean();
    var tactics = tactics(object);
    String id = id(object);
    String name = object.path("name").asText();
    if (isGone || tactics.isEmpty() || id.isEmpty() || name.isBlank()) {
      return;
    }
    if (techniques.size() == MOST) {
      throw new NoBundle("it has more than %,d techniques".formatted(MOST));
    }
    techniques.add(
        new Technique(id, name.substring(0, Math.min(LONGEST_NAME, name.length())), tactics));
  }

  private static String id(JsonNode object) {
    for (var reference : object.path("external_references")) {
      String id = reference.path("external_id").asText();
      if (reference.path("source_name").asText().equals(SOURCE) && ID.matcher(id).matches()) {
        return id;
      }
    }
    return "";
  }

  // The matrices for phones and plants have tactics of the same names, in kill chains of their own.
  private static List<String> tactics(JsonNode object) {
    var tactics = new ArrayList<String>();
    for (var phase : object.path("kill_chain_phases")) {
      if (phase.path("kill_chain_name").asText().equals(SOURCE)) {
        Matrix.tactic(phase.path("phase_name").asText())
            .filter(tactic -> !tactics.contains(tactic))
            .ifPresent(tactics::add);
      }
    }
    return tactics;
  }
}
