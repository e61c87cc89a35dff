package mo.farol.sigma;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import mo.farol.sigma.SigmaCorrelation.Bound;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one correlation rule: Sigma correlation rules specification 2.1.0. */
final class CorrelationReader {
  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,6})([smhdw])");
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final Set<String> KEYS =
      Set.of("type", "rules", "group-by", "timespan", "condition", "aliases", "generate");

  private final YamlNodes yaml = new YamlNodes();

  private CorrelationReader() {}

  static SigmaCorrelation read(Node node, Path file, String version) throws RuleFault {
    return new CorrelationReader().correlation(node, file, version);
  }

  private SigmaCorrelation correlation(Node node, Path file, String version) throws RuleFault {
    var map = yaml.map(node, "a correlation rule");
    var header = Header.read(node, yaml, map, file, version);
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
    var fields = fields(body, keys, type);
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
        span(body, keys),
        fields,
        bounds(body, keys, type, rules.size()),
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
        switch (word) {
          case "" -> "correlation: type is missing";
          case "value_sum", "value_avg", "value_percentile", "value_median" ->
              "correlation: type " + word + " is not supported by Farol yet";
          case String _ -> "correlation: there is no type '" + word + "'";
        });
  }

  private Duration span(Node body, Map<String, YamlNodes.Entry> keys) throws RuleFault {
    String text = yaml.text(keys, "timespan");
    Node place = keys.containsKey("timespan") ? keys.get("timespan").value() : body;
    var match = SPAN.matcher(text);
    if (!match.matches()) {
      throw RuleFault.at(place, "timespan is a number with s, m, h, d or w, not '" + text + "'");
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
      throw RuleFault.at(place, "timespan is longer than " + LONGEST.toDays() + "d");
    }
    return span;
  }

  private List<String> fields(
      Node body, Map<String, YamlNodes.Entry> keys, SigmaCorrelation.Type type) throws RuleFault {
    var condition = keys.get("condition");
    if (type != SigmaCorrelation.Type.VALUE_COUNT) {
      return List.of();
    }
    if (condition == null) {
      throw RuleFault.at(body, "correlation: condition is missing");
    }
    var fields = yaml.texts(yaml.map(condition.value(), "condition"), "field");
    if (fields.isEmpty()) {
      throw RuleFault.at(condition.value(), "condition: value_count needs a field");
    }
    return fields;
  }

  private List<Bound> bounds(
      Node body, Map<String, YamlNodes.Entry> keys, SigmaCorrelation.Type type, int rules)
      throws RuleFault {
    var condition = keys.get("condition");
    boolean temporal =
        type == SigmaCorrelation.Type.TEMPORAL || type == SigmaCorrelation.Type.TEMPORAL_ORDERED;
    if (condition == null && temporal) {
      return List.of(new Bound(Op.GTE, rules));
    }
    if (condition == null) {
      throw RuleFault.at(body, "correlation: condition is missing");
    }
    var bounds = new ArrayList<Bound>();
    for (var entry : yaml.map(condition.value(), "condition").entrySet()) {
      if (!entry.getKey().equals("field")) {
        bounds.add(bound(entry.getKey(), entry.getValue()));
      }
    }
    if (bounds.isEmpty()) {
      throw RuleFault.at(condition.value(), "condition: gt, gte, eq, lt, lte or neq is missing");
    }
    if (bounds.stream().allMatch(bound -> bound.holds(0))) {
      throw RuleFault.at(
          condition.value(),
          "condition: it holds for no events at all; absence is Farol's silence, not a"
              + " correlation");
    }
    return bounds;
  }

  private Bound bound(String word, YamlNodes.Entry entry) throws RuleFault {
    String number = yaml.text(entry.value(), word);
    for (Op op : Op.values()) {
      if (op.word().equals(word) && number.matches("[0-9]{1,15}")) {
        return new Bound(op, Long.parseLong(number));
      }
    }
    throw RuleFault.at(
        entry.key(), "condition: '" + word + ": " + number + "' is no comparison with a number");
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
