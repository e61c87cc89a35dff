package mo.farol.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code farol.yaml}: names dotted, lists joined by commas, as {@code --set} gives them. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * Values by dotted name.
   *
   * @throws Usage where the file can't be read
   */
  static Map<String, String> read(Path path) {
    var values = new LinkedHashMap<String, String>();
    flatten("", tree(path), values);
    return values;
  }

  private static JsonNode tree(Path path) {
    try {
      return new YAMLMapper().readTree(path.toFile());
    } catch (CharConversionException e) {
      throw new Usage("cannot read " + path + ": it is no text in UTF-8");
    } catch (IOException e) {
      var first = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      throw new Usage("cannot read " + path + ": " + first);
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    if (node.isArray()) {
      var items = new ArrayList<String>();
      node.forEach(item -> items.add(item.asText()));
      into.put(prefix, String.join(",", items));
      return;
    }
    if (!node.isObject()) {
      if (!prefix.isEmpty()) {
        into.put(prefix, node.isNull() ? "" : node.asText());
      }
      return;
    }
    for (var entry : node.properties()) {
      String name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      flatten(name, entry.getValue(), into);
    }
  }
}
