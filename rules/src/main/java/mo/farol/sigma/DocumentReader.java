package mo.farol.sigma;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the documents of one file, each by itself: a broken one costs nobody but itself. */
final class DocumentReader {
  private final Path file;
  private final String text;
  private final Placeholders placeholders;

  private DocumentReader(Path file, String text, Placeholders placeholders) {
    this.file = file;
    this.text = text;
    this.placeholders = placeholders;
  }

  /** The documents in their order. */
  static List<Document> read(Path file, String text, Placeholders placeholders) {
    return new DocumentReader(file, text, placeholders).read();
  }

  private List<Document> read() {
    var documents = new ArrayList<Document>();
    try {
      for (Node node : YamlNodes.documents(text)) {
        documents.add(document(node));
      }
    } catch (RuleFault e) {
      documents.add(wrong(e));
    }
    return List.copyOf(documents);
  }

  private Document document(Node node) {
    var remarks = new ArrayList<Remark>();
    try {
      return document(node, new Reading(file, text, placeholders, remarks));
    } catch (RuleFault e) {
      return wrong(e);
    }
  }

  private static Document document(Node node, Reading reading) throws RuleFault {
    var place = Document.Place.of(node);
    if (has(node, "action")) {
      throw RuleFault.at(node, "'action' documents left Sigma with 2.0; write whole rules");
    }
    if (has(node, "correlation")) {
      var correlation = CorrelationReader.read(node, reading.file());
      return new Document.OfCorrelation(correlation, node, place, reading.remarks());
    }
    if (has(node, "detection")) {
      return new Document.OfRule(RuleReader.read(node, reading), place, reading.remarks());
    }
    if (has(node, "filter")) {
      return new Document.OfFilter(FilterReader.read(node, reading), place, reading.remarks());
    }
    throw RuleFault.at(node, "neither a detection nor a correlation nor a filter");
  }

  private Document wrong(RuleFault e) {
    return new Document.Wrong(new Refusal(file, e.line(), e.column(), e.reason(), e.isWaiting()));
  }

  private static boolean has(Node node, String key) {
    return node instanceof MappingNode map
        && map.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key));
  }
}
