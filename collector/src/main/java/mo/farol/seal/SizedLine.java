package mo.farol.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * What somebody else said of the head of a size, as a line of a file: {@code {"size":…,"FIELD":…}}.
 */
public record SizedLine(long size, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads {@link #write}; throws {@link IllegalArgumentException} on anything else. */
  static SizedLine read(String field, String line) {
    try {
      var node = JSON.readTree(line);
      var read = new SizedLine(node.path("size").asLong(), node.path(field).asText());
      if (read.write(field).equals(line)) {
        return read;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON", e);
    }
    throw new IllegalArgumentException("it is not as it was written");
  }

  /** Reads every line of a file, also what stands behind the last one. */
  static void readAll(Lines lines, String field, Consumer<SizedLine> each, Consumer<String> wrong) {
    try {
      lines.forEachAndTorn(
          line -> {
            try {
              each.accept(read(field, line));
            } catch (IllegalArgumentException e) {
              wrong.accept("a line can't be read: " + e.getMessage());
            }
          });
    } catch (IOException e) {
      wrong.accept("cannot be read: " + e);
    }
  }

  String write(String field) {
    return JSON.createObjectNode().put("size", size).put(field, text).toString();
  }
}
