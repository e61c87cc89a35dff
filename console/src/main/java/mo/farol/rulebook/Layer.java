package mo.farol.rulebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mo.farol.attack.Matrix;

/** Coverage as a layer of the ATT&amp;CK Navigator, file format 4.5. */
public final class Layer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WATCHED = 2;
  private static final int BLIND = 1;

  private Layer() {}

  /**
   * Every technique that a rule names; what is not there, nothing watches.
   *
   * @param matrix by whose edition tactics are called; where none is known, the Navigator takes the
   *     one it has
   */
  public static ObjectNode of(List<Coverage.Column> columns, Matrix matrix) {
    var layer = JSON.createObjectNode();
    layer.put("name", "Farol: what is watched");
    layer.put("domain", "enterprise-attack");
    layer.put(
        "description",
        "2: a rule in force watches it and what the rule needs is really sent; 1: rules are"
            + " there, but what they need never came");
    var versions = layer.putObject("versions").put("layer", "4.5");
    matrix.edition().ifPresent(edition -> versions.put("attack", Integer.toString(edition)));
    var techniques = layer.putArray("techniques");
    for (var column : columns) {
      for (var cell : column.cells()) {
        if (!cell.technique().isEmpty()) {
          boolean watched = cell.state() == Coverage.State.WATCHED;
          var node = techniques.addObject().put("techniqueID", cell.technique());
          if (!column.tactic().equals(Coverage.OTHER)) {
            node.put("tactic", matrix.called(column.tactic()));
          }
          node.put("score", watched ? WATCHED : BLIND)
              .put(
                  "comment",
                  "%d rules see, %d never got what they need"
                      .formatted(cell.seeing().size(), cell.blind().size()));
        }
      }
    }
    var gradient = layer.putObject("gradient").put("minValue", 0).put("maxValue", WATCHED);
    gradient.putArray("colors").add("#ffffff").add("#e6c04a").add("#6fcf97");
    return layer;
  }
}
