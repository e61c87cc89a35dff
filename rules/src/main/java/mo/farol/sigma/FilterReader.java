package mo.farol.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one filter: Sigma filters specification 2.1.0. */
final class FilterReader {
  private static final Set<String> OTHERS = Set.of("rules");

  private final Reading reading;
  private final YamlNodes yaml = new YamlNodes();

  private FilterReader(Reading reading) {
    this.reading = reading;
  }

  static SigmaFilter read(Node node, Reading reading) throws RuleFault {
    return new FilterReader(reading).filter(node);
  }

  private SigmaFilter filter(Node node) throws RuleFault {
    var map = yaml.map(node, "a filter");
    String title = yaml.text(map, "title");
    if (title.isEmpty()) {
      throw RuleFault.at(node, "title is missing");
    }
    String id = yaml.text(map, "id");
    var source = RuleReader.logSource(yaml, YamlNodes.need(node, map, "logsource"));
    Node body = YamlNodes.need(node, map, "filter");
    var entries = yaml.map(body, "filter");
    var rules = rules(body, entries);
    var read = new DetectionReader(yaml, reading).read(body, "filter", OTHERS);
    var polarity = polarity(map, YamlNodes.need(body, entries, "condition"), read.expr());
    return new SigmaFilter(
        new RuleRef(id.isEmpty() ? Header.idFrom(title, reading.file()) : id, "", title),
        source,
        rules,
        polarity,
        named(read.expr(), title),
        read.condition(),
        yaml.text(map, "description"),
        reading.file(),
        node.getStartMark().getLine() + 1,
        node.getStartMark().getColumn() + 1);
  }

  /** Ids and names; none where it says any, or nothing. */
  private List<String> rules(Node body, Map<String, YamlNodes.Entry> entries) throws RuleFault {
    var names = new ArrayList<>(yaml.texts(entries, "rules"));
    names.removeIf(String::isEmpty);
    if (!entries.containsKey("rules")) {
      reading.remark(
          body, "filter: no 'rules': it applies to every rule of its log source, as 'any' does");
    } else if (names.isEmpty()) {
      reading.remark(
          entries.get("rules").key(),
          "filter: 'rules' is empty: it applies to every rule of its log source, as 'any' does");
    }
    return names.size() == 1 && names.getFirst().equalsIgnoreCase("any") ? List.of() : names;
  }

  /**
   * What the document asks for. Without a word of it, what satisfies the condition is suppressed;
   * but a condition that begins with 'not' was written for tools that join it with 'and'.
   */
  private SigmaFilter.Polarity polarity(Map<String, YamlNodes.Entry> map, Node condition, Expr expr)
      throws RuleFault {
    var ours = map.get("farol");
    if (ours != null) {
      var keys = yaml.map(ours.value(), "farol");
      for (var key : keys.values()) {
        if (!yaml.text(key.key(), "farol").equals("polarity")) {
          throw RuleFault.at(key.key(), "farol: a filter knows 'polarity' and nothing else");
        }
      }
      return word(ours.value(), yaml.text(keys, "polarity"));
    }
    if (!(expr instanceof Expr.Not)) {
      return SigmaFilter.Polarity.SUPPRESS;
    }
    reading.remark(
        condition,
        "filter: the condition begins with 'not', so it is read as what must hold beside the rule;"
            + " to be plain, say 'farol: {polarity: keep}', or take 'not' away");
    return SigmaFilter.Polarity.KEEP;
  }

  private static SigmaFilter.Polarity word(Node node, String word) throws RuleFault {
    return switch (word) {
      case "suppress" -> SigmaFilter.Polarity.SUPPRESS;
      case "keep" -> SigmaFilter.Polarity.KEEP;
      case String _ ->
          throw RuleFault.at(
              node, "farol: polarity is 'suppress' (what fits is not told) or 'keep' (only that)");
    };
  }

  /** Selections say whose they are, since a match shows them. */
  private static Expr named(Expr expr, String title) {
    return switch (expr) {
      case Expr.All(var parts) -> new Expr.All(parts.stream().map(p -> named(p, title)).toList());
      case Expr.Any(var parts) -> new Expr.Any(parts.stream().map(p -> named(p, title)).toList());
      case Expr.Not(var part) -> new Expr.Not(named(part, title));
      case Expr.Selection(var name, var body) ->
          new Expr.Selection(title.strip() + ": " + name, body);
      case Expr.Match match -> match;
    };
  }
}
