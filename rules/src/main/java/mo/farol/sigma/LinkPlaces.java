package mo.farol.sigma;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where correlations name the rules they count, for faults that show once all files are read. */
final class LinkPlaces {
  private static final int DEPTH = 6;

  private final Map<String, Node> documents = new HashMap<>();

  void know(String id, Node document) {
    documents.put(id, document);
  }

  /**
   * A refusal at the name in its reason, between the first quotes; else at the correlation's list
   * of rules.
   */
  Refusal refusal(SigmaCorrelation correlation, String reason) {
    var body =
        Optional.ofNullable(documents.get(correlation.ref().id()))
            .flatMap(document -> child(document, "correlation"));
    int from = reason.indexOf('\'');
    int to = reason.indexOf('\'', from + 1);
    String name = to < 0 ? "" : reason.substring(from + 1, to);
    var mark =
        body.flatMap(node -> scalar(node, name, DEPTH))
            .or(() -> body.flatMap(node -> child(node, "rules")))
            .or(() -> body)
            .map(Node::getStartMark);
    return new Refusal(
        correlation.path(),
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1),
        reason);
  }

  private static Optional<Node> child(Node node, String key) {
    if (node instanceof MappingNode map) {
      for (var tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return Optional.of(tuple.getValueNode());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Node> scalar(Node node, String text, int depth) {
    if (depth == 0 || text.isEmpty()) {
      return Optional.empty();
    }
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().strip().equals(text) -> Optional.of(node);
      case SequenceNode list ->
          list.getValue().stream()
              .flatMap(each -> scalar(each, text, depth - 1).stream())
              .findFirst();
      case MappingNode map ->
          map.getValue().stream()
              .flatMap(
                  each ->
                      scalar(each.getKeyNode(), text, depth - 1)
                          .or(() -> scalar(each.getValueNode(), text, depth - 1))
                          .stream())
              .findFirst();
      default -> Optional.empty();
    };
  }
}
