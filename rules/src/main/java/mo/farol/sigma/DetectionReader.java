package mo.farol.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the {@code detection} part of a rule: Sigma specification 2.1.0, section "Detection". */
final class DetectionReader {
  private final YamlNodes yaml;
  private final Reading reading;
  private final ValueReader values;

  /**
   * What was read.
   *
   * @param condition as written; alternatives of a list in brackets, with {@code or} between
   */
  record Read(Expr expr, String condition) {}

  DetectionReader(YamlNodes yaml, Reading reading) {
    this.yaml = yaml;
    this.reading = reading;
    values = new ValueReader(reading);
  }

  /**
   * Reads selections and the condition over them.
   *
   * @param what for people: the name of this part of the document
   * @param others keys that are no selections
   */
  Read read(Node node, String what, Set<String> others) throws RuleFault {
    var entries = yaml.map(node, what);
    var condition = entries.get("condition");
    if (condition == null) {
      throw RuleFault.at(node, what + " has no condition");
    }
    if (entries.containsKey("timeframe")) {
      throw RuleFault.at(
          entries.get("timeframe").key(),
          "timeframe left Sigma with 2.0; write a correlation rule with a timespan");
    }
    var selections = new LinkedHashMap<String, Expr>();
    for (var entry : entries.entrySet()) {
      if (!entry.getKey().equals("condition") && !others.contains(entry.getKey())) {
        Expr body = selection(entry.getKey(), entry.getValue().value());
        selections.put(entry.getKey(), new Expr.Selection(entry.getKey(), body));
      }
    }
    return condition(condition.value(), selections);
  }

  private Read condition(Node node, Map<String, Expr> selections) throws RuleFault {
    var parts = new ArrayList<Expr>();
    var texts = new ArrayList<String>();
    for (Node item : yaml.items(node)) {
      String text = yaml.text(item, "condition");
      parts.add(ConditionParser.parse(reading, item, text, selections));
      texts.add(text.strip().replaceAll("\\s+", " "));
    }
    if (parts.isEmpty()) {
      throw RuleFault.at(node, "condition is empty");
    }
    String whole = texts.size() == 1 ? texts.getFirst() : "(" + String.join(") or (", texts) + ")";
    return new Read(Expr.any(parts), whole);
  }

  private Expr selection(String name, Node node) throws RuleFault {
    return switch (node) {
      case MappingNode map -> fields(name, map);
      case SequenceNode list -> alternatives(name, list);
      default -> values.read("", node, yaml.items(node));
    };
  }

  private Expr alternatives(String name, SequenceNode list) throws RuleFault {
    var parts = new ArrayList<Expr>();
    for (Node item : yaml.items(list)) {
      parts.add(selection(name, item));
    }
    if (parts.isEmpty()) {
      throw RuleFault.at(list, "'" + name + "' is an empty list");
    }
    return Expr.any(parts);
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
