package mo.farol.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mo.farol.identity.HostNames;
import mo.farol.identity.IdentityFault;
import mo.farol.identity.OwnFiles;
import mo.farol.intake.PinnedListener;
import mo.farol.parse.ClassRules;
import mo.farol.parse.SourceRules;
import mo.farol.syslog.Framing;
import mo.farol.wire.Quota;
import mo.farol.wire.Quotas;
import mo.farol.wire.TlsFront;

/**
 * What the operator chose: {@code farol.yaml} over the defaults, {@code --set} over both. Values
 * carry their unit ({@code 64KiB}, {@code 15m}). All that is wrong is told at once.
 */
public final class Config {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)?");
  private static final Pattern PINNED = Pattern.compile("([^=]+)=(\\d{1,5})(?:/(\\w+))?");
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
      flatten("", tree(path), given);
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
    try {
      int port = Integer.parseInt(text(key));
      if (port >= -1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, with every other value that is no port
    }
    throw new Usage(key.key() + " takes a port (0 any free one, -1 off), not '" + text(key) + "'");
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
    for (String pair : list(key)) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw new Usage(key.key() + " takes name=time,name=time, not '" + pair + "'");
      }
      times.put(pair.substring(0, at).strip(), time(key, pair.substring(at + 1).strip()));
    }
    return times;
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

  /** TCP ports of single agencies, in the order given. */
  public Map<String, PinnedListener> pinned() {
    var listeners = new LinkedHashMap<String, PinnedListener>();
    for (String entry : list(Key.INTAKE_PINNED)) {
      var parts = PINNED.matcher(entry);
      if (!parts.matches()) {
        throw new Usage("intake.pinned takes agency=port,agency=port/framing, not '" + entry + "'");
      }
      String framing = Optional.ofNullable(parts.group(3)).orElse(Framing.SHOWN.word());
      listeners.put(
          parts.group(1),
          new PinnedListener(
              parts.group(1),
              "tcp",
              Integer.parseInt(parts.group(2)),
              framing(Key.INTAKE_PINNED, framing)));
    }
    return listeners;
  }

  /** Where messages of a syslog listener end. */
  public Framing framing(Key key) {
    return framing(key, text(key));
  }

  private static Framing framing(Key key, String word) {
    return Framing.of(word)
        .orElseThrow(
            () ->
                new Usage(
                    "%s takes auto, shown, octet, lf or nul, not '%s'".formatted(key.key(), word)));
  }

  /** The operator's own certificate for the TLS listeners; a Usage where half of it is named. */
  public Optional<OwnFiles> listenersOwn() {
    String certificate = text(Key.INTAKE_TLS_CERTIFICATE);
    String key = text(Key.INTAKE_TLS_KEY);
    if (certificate.isBlank() != key.isBlank()) {
      throw new Usage(
          "intake.tls.certificate and intake.tls.key go together: name both PEM files or none");
    }
    return certificate.isBlank()
        ? Optional.empty()
        : Optional.of(new OwnFiles(Path.of(certificate), Path.of(key)));
  }

  /** Names under which the TLS listeners are reached. */
  public Set<String> listenersNames() {
    try {
      return HostNames.of(text(Key.BIND), list(Key.INTAKE_TLS_NAMES));
    } catch (IdentityFault e) {
      throw new Usage("bind and intake.tls.names: " + e.getMessage());
    }
  }

  /** Whether TLS clients must show a certificate where nothing else tells whose they are. */
  public TlsFront.Clients tlsClients() {
    return switch (text(Key.INTAKE_TLS_CLIENTS)) {
      case "required" -> TlsFront.Clients.REQUIRED;
      case "optional" -> TlsFront.Clients.OPTIONAL;
      case String other ->
          throw new Usage("intake.tls.clients takes required or optional, not '" + other + "'");
    };
  }

  /** Which sender writes which format in which zone. */
  public SourceRules sources() {
    try {
      return SourceRules.of(list(Key.PARSE_SOURCES));
    } catch (IllegalArgumentException e) {
      throw new Usage(Key.PARSE_SOURCES.key() + ": " + e.getMessage());
    }
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

  /** Who may send how fast. */
  public Quotas quotas() {
    var agencies = new LinkedHashMap<String, Quota>();
    long bytes = bytes(Key.QUOTA_BYTES);
    for (String pair : list(Key.QUOTA_AGENCIES)) {
      int at = pair.indexOf('=');
      if (at < 1 || !pair.substring(at + 1).matches("\\d{1,12}")) {
        throw new Usage("quota.agencies takes agency=events,agency=events, not '" + pair + "'");
      }
      agencies.put(pair.substring(0, at), new Quota(Long.parseLong(pair.substring(at + 1)), bytes));
    }
    return new Quotas(
        new Quota(number(Key.QUOTA_EVENTS), bytes),
        agencies,
        new Quota(number(Key.QUOTA_SOURCE_EVENTS), 0));
  }

  /** A whole number, 0 or more. */
  public long number(Key key) {
    if (!text(key).matches("\\d{1,12}")) {
      throw new Usage(key.key() + " takes a whole number, not '" + text(key) + "'");
    }
    return Long.parseLong(text(key));
  }

  private void put(String name, String value, List<String> wrong) {
    try {
      values.put(Key.named(name), value);
    } catch (Usage e) {
      wrong.add(String.valueOf(e.getMessage()));
    }
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
