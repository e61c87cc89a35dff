package mo.farol.sigma;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What the documents of a text call themselves, whether they compile or not.
 *
 * @param id or what stands for it
 * @param title as written
 * @param author as written, empty when not given
 */
public record RuleHead(String id, String title, String author) {
  /**
   * Reads the heads of a text; those that have neither id nor title are left out, and so is
   * everything where the text is no YAML.
   *
   * @param file whose name stands in where a title says nothing
   */
  public static List<RuleHead> of(String text, Path file) {
    var heads = new ArrayList<RuleHead>();
    try {
      var yaml = new YamlNodes();
      for (Node node : YamlNodes.documents(text)) {
        if (node instanceof MappingNode) {
          var map = yaml.map(node, "a rule");
          String title = yaml.text(map, "title");
          String id = yaml.text(map, "id");
          if (!id.isEmpty() || !title.isEmpty()) {
            String called = id.isEmpty() ? Header.idFrom(title, file) : id;
            heads.add(new RuleHead(called, title, yaml.text(map, "author")));
          }
        }
      }
    } catch (RuleFault e) {
      return List.copyOf(heads); // what is wrong is told by whoever compiles it
    }
    return List.copyOf(heads);
  }
}
