package mo.farol.centre;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mo.farol.parse.ClassRules;

/**
 * What the operator chose: {@code farol.yaml} over the defaults, {@code --set} over both. Values
 * carry their unit ({@code 64KiB}, {@code 15m}). All that is wrong is told at once.
 */
public final class Config {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private final Path home;
  private final EnumMap<Key, String> values = new EnumMap<>(Key.class);

  private Config(Path home) {
    this.home = home;
  }

  /**
   * Reads the configuration.
   *
   * @param home the folder that holds everything
   * @param file another configuration file than {@code home/farol.yaml}
   * @param sets {@code key=value} pairs that win over the file
   * @throws Usage naming every unknown key and unreadable value
   */
  public static Config read(Path home, Optional<Path> file, List<String> sets) {
    var config = new Config(home);
    var wrong = new ArrayList<String>();
    var given = new LinkedHashMap<String, String>();
    var path = file.orElse(home.resolve("farol.yaml"));
    if (Files.exists(path)) {
      given.putAll(ConfigFile.read(path));
    } else if (file.isPresent()) {
      throw new Usage("no configuration file " + path);
    }
    for (String set : sets) {
      int at = set.indexOf('=');
      if (at < 1) {
        throw new Usage("--set takes key=value, not '" + set + "'");
      }
      given.put(set.substring(0, at), set.substring(at + 1));
    }
    given.forEach((key, value) -> config.put(key, value, wrong));
    if (!wrong.isEmpty()) {
      throw new Usage(String.join("; ", wrong));
    }
    return config;
  }

  /** The folder that holds everything. */
  public Path home() {
    return home;
  }

  /** The text of a value. */
  public String text(Key key) {
    return values.getOrDefault(key, key.byDefault());
  }

  /** Items separated by commas; empty for none. */
  public List<String> list(Key key) {
    return text(key).isBlank()
        ? List.of()
        : List.of(text(key).split(",", -1)).stream().map(String::strip).toList();
  }

  /** A port: -1 off, 0 any free one. */
  public int port(Key key) {
    return port(key, text(key));
  }

  static int port(Key key, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= -1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, with every other value that is no port
    }
    throw new Usage(key.key() + " takes a port (0 any free one, -1 off), not '" + text + "'");
  }

  /** True or false. */
  public boolean flag(Key key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw new Usage(key.key() + " takes true or false, not '" + other + "'");
    };
  }

  /** A size in bytes. */
  public long bytes(Key key) {
    Matcher m = SIZE.matcher(text(key));
    if (!m.matches()) {
      throw new Usage(key.key() + " takes a size such as 64KiB, not '" + text(key) + "'");
    }
    long unit =
        switch (m.group(2)) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          case null, default -> 1L;
        };
    return Long.parseLong(m.group(1)) * unit;
  }

  /** A length of time. */
  public Duration time(Key key) {
    return time(key, text(key));
  }

  /** Lengths of time by name, {@code finance=90d,health=1h}. */
  Map<String, Duration> times(Key key) {
    var times = new LinkedHashMap<String, Duration>();
    pairs(key, "name=time,name=time").forEach((name, text) -> times.put(name, time(key, text)));
    return times;
  }

  /**
   * Values by name, separated by commas, in the order given.
   *
   * @param form of the whole, for whoever wrote it wrong: {@code name=time,name=time}
   */
  Map<String, String> pairs(Key key, String form) {
    var pairs = new LinkedHashMap<String, String>();
    entries(key, form).forEach(entry -> pairs.put(entry.getKey(), entry.getValue()));
    return pairs;
  }

  /** The same where a name may come several times. */
  List<Map.Entry<String, String>> entries(Key key, String form) {
    return list(key).stream().map(pair -> entry(key, form, pair)).toList();
  }

  private static Map.Entry<String, String> entry(Key key, String form, String pair) {
    int at = pair.indexOf('=');
    if (at < 1) {
      throw new Usage("%s takes %s, not '%s'".formatted(key.key(), form, pair));
    }
    return Map.entry(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
  }

  /** What the operator chose about those who send. */
  public SenderConfig senders() {
    return new SenderConfig(this);
  }

  private static Duration time(Key key, String text) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      throw new Usage(key.key() + " takes a time such as 15m, not '" + text + "'");
    }
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  /** Of which class of data an event is. */
  public ClassRules dataClasses() {
    try {
      return ClassRules.of(list(Key.DATA_CLASSES));
    } catch (IllegalArgumentException e) {
      throw new Usage(Key.DATA_CLASSES.key() + ": " + e.getMessage());
    }
  }

  /** How long which class of data is kept; a Usage where there is no such class. */
  Map<String, Duration> keptClasses() {
    var known = dataClasses().names();
    var times = times(Key.RETENTION_CLASSES);
    for (String name : times.keySet()) {
      if (!known.contains(name.substring(name.indexOf('/') + 1))) {
        throw new Usage(
            "retention.classes: no rule of data.classes gives the class of '%s'; there are %s"
                .formatted(name, String.join(", ", known)));
      }
    }
    return times;
  }

  /** A whole number, 0 or more. */
  public long number(Key key) {
    return number(key, text(key));
  }

  static long number(Key key, String text) {
    if (!text.matches("\\d{1,12}")) {
      throw new Usage(key.key() + " takes a whole number, not '" + text + "'");
    }
    return Long.parseLong(text);
  }

  private void put(String name, String value, List<String> wrong) {
    try {
      values.put(Key.named(name), value);
    } catch (Usage e) {
      wrong.add(String.valueOf(e.getMessage()));
    }
  }
}
