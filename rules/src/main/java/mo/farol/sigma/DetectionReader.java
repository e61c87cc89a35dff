package mo.farol.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the {@code detection} part of a rule: Sigma specification 2.1.0, section "Detection". */
final class DetectionReader {
  private final YamlNodes yaml;
  private final ValueReader values;

  DetectionReader(YamlNodes yaml, Map<String, List<String>> placeholders) {
    this.yaml = yaml;
    values = new ValueReader(placeholders);
  }

  Expr read(Node node) throws RuleFault {
    var entries = yaml.map(node, "detection");
    var condition = entries.get("condition");
    if (condition == null) {
      throw RuleFault.at(node, "detection has no condition");
    }
    if (entries.containsKey("timeframe")) {
      throw RuleFault.at(
          entries.get("timeframe").key(),
          "timeframe left Sigma with 2.0; write a correlation rule with a timespan");
    }
    var selections = new LinkedHashMap<String, Expr>();
    for (var entry : entries.entrySet()) {
      if (!entry.getKey().equals("condition")) {
        Expr body = selection(entry.getKey(), entry.getValue().value());
        selections.put(entry.getKey(), new Expr.Selection(entry.getKey(), body));
      }
    }
    return condition(condition.value(), selections);
  }

  private Expr condition(Node node, Map<String, Expr> selections) throws RuleFault {
    var parts = new ArrayList<Expr>();
    for (Node item : yaml.items(node)) {
      parts.add(ConditionParser.parse(item, yaml.text(item, "condition"), selections));
    }
    if (parts.isEmpty()) {
      throw RuleFault.at(node, "condition is empty");
    }
    return Expr.any(parts);
  }

  private Expr selection(String name, Node node) throws RuleFault {
    return switch (node) {
      case MappingNode map -> fields(name, map);
      case SequenceNode list -> alternatives(name, list);
      default -> keyword(node);
    };
  }

  private Expr alternatives(String name, SequenceNode list) throws RuleFault {
    var parts = new ArrayList<Expr>();
    for (Node item : yaml.items(list)) {
      parts.add(item instanceof MappingNode map ? fields(name, map) : keyword(item));
    }
    if (parts.isEmpty()) {
      throw RuleFault.at(list, "'" + name + "' is an empty list");
    }
    return Expr.any(parts);
  }

  private Expr keyword(Node node) throws RuleFault {
    return values.read("", node, yaml.items(node));
  }

  private Expr fields(String name, MappingNode map) throws RuleFault {
    var parts = new ArrayList<Expr>();
    for (var entry : yaml.map(map, "'" + name + "'").entrySet()) {
      Node value = entry.getValue().value();
      if (value instanceof MappingNode) {
        throw RuleFault.at(value, "'" + entry.getKey() + "': a map can't be a field's value");
      }
      parts.add(values.read(entry.getKey(), entry.getValue().key(), yaml.items(value)));
    }
    if (parts.isEmpty()) {
      throw RuleFault.at(map, "'" + name + "' is an empty map");
    }
    return Expr.all(parts);
  }
}
