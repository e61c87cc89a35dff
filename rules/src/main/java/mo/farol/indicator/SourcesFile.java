package mo.farol.indicator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code sources.yml}: the sources of a folder of indicators. */
final class SourcesFile {
  static final String NAME = "sources.yml";
  private static final int LARGEST = 1 << 20;
  private static final int LONGEST_TERM = 36_500;
  private static final List<String> KEYS =
      List.of(
          "name",
          "file",
          "format",
          "tlp",
          "confidence",
          "expiry-days",
          "agencies",
          "columns",
          "every-attribute");

  private final String at;
  private final Map<?, ?> entry;

  private SourcesFile(String at, Map<?, ?> entry) {
    this.at = at;
    this.entry = entry;
  }

  /** The sources, in order; an {@link IndicatorFault} says what is wrong and where. */
  static List<IndicatorSource> read(Path file) {
    var sources = new ArrayList<IndicatorSource>();
    var names = new HashSet<String>();
    for (Object each : list(file)) {
      String at = NAME + ": source " + (sources.size() + 1);
      if (!(each instanceof Map<?, ?> entry)) {
        throw new IndicatorFault(at + " is no list of keys such as 'file: feed.csv'");
      }
      var source = new SourcesFile(at, entry).source();
      if (!names.add(source.name())) {
        throw new IndicatorFault(at + ": the name '" + source.name() + "' was given before");
      }
      sources.add(source);
    }
    return sources;
  }

  private static List<?> list(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IndicatorFault(NAME + " is larger than " + LARGEST + " bytes");
      }
      var options = new LoaderOptions();
      options.setNestingDepthLimit(10);
      options.setMaxAliasesForCollections(10);
      Object root =
          new Yaml(new SafeConstructor(options))
              .load(Files.readString(file, StandardCharsets.UTF_8));
      if (root instanceof Map<?, ?> map && map.get("sources") instanceof List<?> list) {
        return list;
      }
      throw new IndicatorFault(NAME + " has a list under 'sources:'");
    } catch (YAMLException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IndicatorFault(NAME + " is no YAML: " + why, e);
    } catch (IOException e) {
      throw new IndicatorFault("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  private IndicatorSource source() {
    for (Object key : entry.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw wrong(key + ": no such key; there are " + String.join(", ", KEYS));
      }
    }
    String file = text("file").orElseThrow(() -> wrong("file: which file of the folder is it?"));
    if (file.contains("/") || file.contains("\\") || file.startsWith(".")) {
      throw wrong("file: a name within the folder, not '" + file + "'");
    }
    return new IndicatorSource(
        text("name").orElse(file),
        file,
        format(),
        text("tlp")
            .map(t -> Tlp.of(t).orElseThrow(() -> wrong("tlp: no label '" + t + "'")))
            .orElse(Tlp.AMBER),
        number("confidence", 100).orElse(IndicatorSource.CONFIDENCE),
        number("expiry-days", LONGEST_TERM).map(Duration::ofDays),
        texts("agencies"),
        columns(),
        text("every-attribute").map(this::truth).orElse(false));
  }

  private Format format() {
    String word = text("format").orElseThrow(() -> wrong("format: one of " + Format.words()));
    return Format.of(word)
        .orElseThrow(() -> wrong("format: no '" + word + "'; one of " + Format.words()));
  }

  private boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("every-attribute: true or false");
    };
  }

  private Optional<String> text(String key) {
    @Nullable Object value = entry.get(key);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw wrong(key + ": one word stands here");
    }
    return Optional.ofNullable(value).map(String::valueOf);
  }

  private Optional<Integer> number(String key, int most) {
    return text(key)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text);
                if (number >= 0 && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // said below
              }
              throw wrong(key + ": a whole number, 0 to " + most);
            });
  }

  private Set<String> texts(String key) {
    @Nullable Object value = entry.get(key);
    if (value == null) {
      return Set.of();
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw wrong(key + ": a list of ids such as [health, water]");
    }
    var texts = new HashSet<String>();
    list.forEach(each -> texts.add(String.valueOf(each)));
    return texts;
  }

  private Map<String, String> columns() {
    @Nullable Object value = entry.get("columns");
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("columns: names of the header such as {value: ioc, kind: ioc_type}");
    }
    var columns = new HashMap<String, String>();
    for (var each : map.entrySet()) {
      String meaning = String.valueOf(each.getKey());
      if (!CsvReader.NAMES.containsKey(meaning)) {
        throw wrong(
            "columns: no '" + meaning + "'; " + String.join(", ", CsvReader.NAMES.keySet()));
      }
      columns.put(meaning, String.valueOf(each.getValue()));
    }
    return columns;
  }

  private IndicatorFault wrong(String what) {
    return new IndicatorFault(at + ": " + what);
  }
}
