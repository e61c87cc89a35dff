package mo.farol.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.sigma.LogSource;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the tables of this room. */
final class Resource {
  private Resource() {}

  static String text(String name) {
    try (var in = Resource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a YAML text says, in maps, lists and single values. */
  static @Nullable Object tree(String yaml) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
  }

  /** A list of maps. */
  static List<Map<?, ?>> maps(String yaml) {
    Object tree = tree(yaml);
    var maps = new ArrayList<Map<?, ?>>();
    if (tree == null) {
      return maps;
    }
    if (!(tree instanceof List<?> list)) {
      throw new IllegalArgumentException("a list of sections is expected");
    }
    for (Object item : list) {
      maps.add(map(item));
    }
    return maps;
  }

  static Map<?, ?> map(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("a map is expected instead of " + value);
  }

  /** One value or a list of them, as texts. */
  static List<String> texts(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(value.toString());
  }

  static Map<String, List<String>> lists(@Nullable Object value) {
    var lists = new LinkedHashMap<String, List<String>>();
    map(value).forEach((key, each) -> lists.put(String.valueOf(key), texts(each)));
    return lists;
  }

  static LogSource logSource(@Nullable Object value) {
    var map = map(value);
    return new LogSource(
        part(map.get("product")), part(map.get("category")), part(map.get("service")));
  }

  private static String part(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
