package mo.farol.sigma;

import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The file that is being read, and what its readers share.
 *
 * @param file where it stands
 * @param text of it, whole
 * @param placeholders values for {@code expand}
 * @param remarks where readers leave what they tolerate
 */
record Reading(Path file, String text, Placeholders placeholders, List<Remark> remarks) {
  void remark(Node node, String text) {
    var mark = node.getStartMark();
    remarks.add(new Remark(file, mark.getLine() + 1, mark.getColumn() + 1, text));
  }

  /** A fault at a character of a scalar's value, wherever the file has it. */
  RuleFault faultIn(Node node, int at, String reason) {
    if (!(node instanceof ScalarNode scalar)) {
      return RuleFault.at(node, reason);
    }
    var place = ScalarPlace.of(text, scalar, at);
    return new RuleFault(place.line(), place.column(), reason);
  }
}
