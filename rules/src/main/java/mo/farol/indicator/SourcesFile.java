package mo.farol.indicator;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * {@code sources.yml}: the sources of a folder of indicators, as its people write it; and {@code
 * added.yml}, of the same form, which Farol writes.
 */
final class SourcesFile {
  static final String NAME = "sources.yml";
  static final String ADDED = "added.yml";
  static final List<String> NAMES = List.of(NAME, ADDED);
  private static final int MOST = 1_000;
  private static final Pattern EVERY = Pattern.compile("(\\d{1,5})(m|h|d)");
  private static final Duration LEAST_EVERY = Duration.ofMinutes(1);
  private static final List<String> FEED_KEYS =
      List.of("root", "collection", "every", "user", "secret-file");
  private static final int LARGEST = 1 << 20;
  static final int LONGEST_TERM = 36_500;
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
          "every-attribute",
          "taxii",
          "owner");

  private final String at;
  private final Map<?, ?> entry;

  private SourcesFile(String at, Map<?, ?> entry) {
    this.at = at;
    this.entry = entry;
  }

  /** The sources, in order; an {@link IndicatorFault} says what is wrong and where. */
  static List<IndicatorSource> read(List<Path> files) {
    var sources = new ArrayList<IndicatorSource>();
    var names = new HashSet<String>();
    var filled = new HashSet<String>();
    for (Path file : files) {
      int number = 0;
      for (Object each : list(file)) {
        String at = file.getFileName() + ": source " + ++number;
        if (!(each instanceof Map<?, ?> entry)) {
          throw new IndicatorFault(at + " is no list of keys such as 'file: feed.csv'");
        }
        var source = new SourcesFile(at, entry).source();
        if (!names.add(source.name())) {
          throw new IndicatorFault(at + ": the name '" + source.name() + "' was given before");
        }
        if (source.feed().isPresent() && !filled.add(source.file())) {
          throw new IndicatorFault(at + ": two collections can't fill " + source.file());
        }
        sources.add(source);
        if (sources.size() > MOST) {
          throw new IndicatorFault(at + ": more than " + MOST + " sources");
        }
      }
    }
    return sources;
  }

  private static List<?> list(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      if (Files.size(file) > LARGEST) {
        throw new IndicatorFault(name + " is larger than " + LARGEST + " bytes");
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
      throw new IndicatorFault(name + " has a list under 'sources:'");
    } catch (YAMLException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IndicatorFault(name + " is no YAML: " + why, e);
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
    var feed = feed();
    String file =
        text("file")
            .or(() -> feed.map(f -> fileOf(text("name").orElse(f.collection()))))
            .orElseThrow(() -> wrong("file: which file of the folder is it?"));
    if (file.contains("/") || file.contains("\\") || file.startsWith(".")) {
      throw wrong("file: a name within the folder, not '" + file + "'");
    }
    return new IndicatorSource(
        text("name").orElse(file),
        file,
        feed.isPresent() ? Format.STIX : format(),
        text("tlp")
            .map(t -> Tlp.of(t).orElseThrow(() -> wrong("tlp: no label '" + t + "'")))
            .orElse(Tlp.AMBER),
        number("confidence", 100).orElse(IndicatorSource.CONFIDENCE),
        number("expiry-days", LONGEST_TERM).map(Duration::ofDays),
        texts("agencies"),
        columns(),
        text("every-attribute").map(this::truth).orElse(false),
        feed,
        text("owner"));
  }

  private static String fileOf(String name) {
    return "taxii-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".json";
  }

  private Optional<TaxiiFeed> feed() {
    @Nullable Object value = entry.get("taxii");
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Map<?, ?> keys)) {
      throw wrong("taxii: keys " + String.join(", ", FEED_KEYS));
    }
    for (Object key : keys.keySet()) {
      if (!FEED_KEYS.contains(String.valueOf(key))) {
        throw wrong("taxii: " + key + ": no such key; there are " + String.join(", ", FEED_KEYS));
      }
    }
    String secret = of(keys, "secret-file");
    if (secret.contains("/") || secret.contains("\\") || secret.startsWith(".")) {
      throw wrong("taxii: secret-file: a name within the home's keys, not '" + secret + "'");
    }
    String collection = of(keys, "collection");
    if (collection.isEmpty()) {
      throw wrong("taxii: collection: the id of which?");
    }
    return Optional.of(
        new TaxiiFeed(root(of(keys, "root")), collection, every(keys), of(keys, "user"), secret));
  }

  private static String of(Map<?, ?> keys, String key) {
    @Nullable Object value = keys.get(key);
    return value == null ? "" : String.valueOf(value);
  }

  private URI root(String text) {
    try {
      var root = new URI(text);
      TaxiiConfig.of(root, new TaxiiConfig.Login.None());
      return root;
    } catch (URISyntaxException e) {
      throw wrong("taxii: root: an address such as https://intel.example/api/, not '" + text + "'");
    } catch (TaxiiFault e) {
      throw wrong("taxii: root: " + e.getMessage());
    }
  }

  private Duration every(Map<?, ?> keys) {
    String text = of(keys, "every");
    var match = EVERY.matcher(text.isEmpty() ? "1h" : text);
    if (!match.matches()) {
      throw wrong("taxii: every: a time such as 30m, 1h or 1d, not '" + text + "'");
    }
    long count = Long.parseLong(match.group(1));
    var every =
        switch (match.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return every.compareTo(LEAST_EVERY) < 0 ? LEAST_EVERY : every;
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
