package mo.farol.sigma;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads one correlation rule: Sigma correlation rules specification 2.1.0, and Farol's own types.
 */
final class CorrelationReader {
  private static final Pattern SPAN = Pattern.compile("0*([1-9][0-9]{0,6})([smhdw])");
  private static final String NOTHING = "0s";
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final Set<String> KEYS =
      Set.of("type", "rules", "group-by", "timespan", "condition", "learn", "aliases", "generate");

  private final YamlNodes yaml = new YamlNodes();

  private CorrelationReader() {}

  static SigmaCorrelation read(Node node, Path file) throws RuleFault {
    return new CorrelationReader().correlation(node, file);
  }

  private SigmaCorrelation correlation(Node node, Path file) throws RuleFault {
    var map = yaml.map(node, "a correlation rule");
    var header = Header.read(node, yaml, map, file);
    Node body = YamlNodes.need(node, map, "correlation");
    var keys = yaml.map(body, "correlation");
    for (var key : keys.entrySet()) {
      if (!KEYS.contains(key.getKey())) {
        throw RuleFault.at(key.getValue().key(), "correlation: there is no '" + key.getKey() + "'");
      }
    }
    var type = type(body, keys);
    var rules = yaml.texts(keys, "rules");
    if (rules.isEmpty()) {
      throw RuleFault.at(body, "correlation: rules are missing");
    }
    var condition = CorrelationCondition.read(yaml, body, keys, type, rules.size());
    boolean generate = yaml.flag(keys, "generate", yaml.flag(map, "generate", false));
    return new SigmaCorrelation(
        header.ref(),
        header.name(),
        header.level(),
        header.tags(),
        header.techniques(),
        type,
        rules,
        yaml.texts(keys, "group-by"),
        span(body, keys, "timespan"),
        condition.fields(),
        condition.bounds(),
        condition.percentile(),
        learn(body, keys, type),
        aliases(keys),
        generate,
        header.fact(),
        file);
  }

  private SigmaCorrelation.Type type(Node body, Map<String, YamlNodes.Entry> keys)
      throws RuleFault {
    String word = yaml.text(keys, "type");
    for (SigmaCorrelation.Type type : SigmaCorrelation.Type.values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    Node place = keys.containsKey("type") ? keys.get("type").value() : body;
    throw RuleFault.at(
        place,
        word.isEmpty()
            ? "correlation: type is missing"
            : "correlation: there is no type '" + word + "'");
  }

  private Duration learn(Node body, Map<String, YamlNodes.Entry> keys, SigmaCorrelation.Type type)
      throws RuleFault {
    if (type == SigmaCorrelation.Type.FAROL_FIRST_SEEN
        && NOTHING.equals(yaml.text(keys, "learn"))) {
      return Duration.ZERO;
    }
    if (type.learns()) {
      return span(body, keys, "learn");
    }
    if (keys.containsKey("learn")) {
      throw RuleFault.at(
          keys.get("learn").key(), "correlation: only first-seen and rare values are learned");
    }
    return Duration.ZERO;
  }

  private Duration span(Node body, Map<String, YamlNodes.Entry> keys, String name)
      throws RuleFault {
    String text = yaml.text(keys, name);
    Node place = keys.containsKey(name) ? keys.get(name).value() : body;
    var match = SPAN.matcher(text);
    if (!match.matches()) {
      throw RuleFault.at(place, name + " is a number with s, m, h, d or w, not '" + text + "'");
    }
    long number = Long.parseLong(match.group(1));
    var span =
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        };
    if (span.compareTo(LONGEST) > 0) {
      throw RuleFault.at(place, name + " is longer than " + LONGEST.toDays() + "d");
    }
    return span;
  }

  private Map<String, Map<String, String>> aliases(Map<String, YamlNodes.Entry> keys)
      throws RuleFault {
    var all = new LinkedHashMap<String, Map<String, String>>();
    var aliases = keys.get("aliases");
    if (aliases == null) {
      return all;
    }
    for (var alias : yaml.map(aliases.value(), "aliases").entrySet()) {
      var fields = new LinkedHashMap<String, String>();
      for (var entry : yaml.map(alias.getValue().value(), alias.getKey()).entrySet()) {
        fields.put(entry.getKey(), yaml.text(entry.getValue().value(), alias.getKey()));
      }
      all.put(alias.getKey(), fields);
    }
    return all;
  }
}
