package mo.farol.sigma;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one detection rule: Sigma rules specification 2.1.0. */
final class RuleReader {
  private RuleReader() {}

  static SigmaRule read(Node node, Reading reading) throws RuleFault {
    var yaml = new YamlNodes();
    var map = yaml.map(node, "a rule");
    var header = Header.read(node, yaml, map, reading.file());
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

  static LogSource logSource(YamlNodes yaml, Node node) throws RuleFault {
    var map = yaml.map(node, "logsource");
    return new LogSource(
        yaml.text(map, "product").toLowerCase(Locale.ROOT),
        yaml.text(map, "category").toLowerCase(Locale.ROOT),
        yaml.text(map, "service").toLowerCase(Locale.ROOT));
  }
}
