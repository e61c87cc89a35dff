package mo.farol.sigma;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one detection rule: Sigma rules specification 2.1.0. */
final class RuleReader {
  private static final Set<String> TAXONOMIES = Set.of("sigma", "ecs");

  private RuleReader() {}

  static SigmaRule read(Node node, Reading reading) throws RuleFault {
    var yaml = new YamlNodes();
    var map = yaml.map(node, "a rule");
    var header = Header.read(node, yaml, map, reading.file());
    taxonomy(yaml, map, reading);
    Node source = YamlNodes.need(node, map, "logsource");
    Node detection = YamlNodes.need(node, map, "detection");
    var read = new DetectionReader(yaml, reading).read(detection, "detection", Set.of());
    return new SigmaRule(
        header.ref(),
        header.name(),
        header.level(),
        header.status(),
        header.tags(),
        header.techniques(),
        logSource(yaml, source),
        read.expr(),
        read.condition(),
        List.of(),
        header.fact(),
        header.author(),
        header.description(),
        reading.file());
  }

  /** Another taxonomy "must be handled by the used tool": where it is not known, that is said. */
  private static void taxonomy(YamlNodes yaml, Map<String, YamlNodes.Entry> map, Reading reading)
      throws RuleFault {
    String word = yaml.text(map, "taxonomy");
    var entry = map.get("taxonomy");
    if (entry != null && !word.isEmpty() && !TAXONOMIES.contains(word.toLowerCase(Locale.ROOT))) {
      reading.remark(
          entry.value(),
          "taxonomy: '"
              + word
              + "' is not known here; fields and log source are taken as they are named, and"
              + " fields.yml can say what they are called in events");
    }
  }

  static LogSource logSource(YamlNodes yaml, Node node) throws RuleFault {
    var map = yaml.map(node, "logsource");
    return new LogSource(
        yaml.text(map, "product").toLowerCase(Locale.ROOT),
        yaml.text(map, "category").toLowerCase(Locale.ROOT),
        yaml.text(map, "service").toLowerCase(Locale.ROOT));
  }
}
