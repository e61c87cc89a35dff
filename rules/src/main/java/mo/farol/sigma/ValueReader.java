package mo.farol.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Turns {@code field|modifier|modifier: values} into checks: Sigma specification 2.1.0, appendix
 * "Modifiers". Modifiers work in the order written.
 */
final class ValueReader {
  private final Map<String, List<String>> placeholders;

  ValueReader(Map<String, List<String>> placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * The check of one line of a selection.
   *
   * @param key field and modifiers; empty for keywords
   * @param place of the key
   * @param items the values
   */
  Expr read(String key, Node place, List<Node> items) throws RuleFault {
    String[] words = key.split("\\|", -1);
    String field = words[0];
    var modifiers = Arrays.asList(words).subList(1, words.length);
    if (items.isEmpty()) {
      throw RuleFault.at(place, "'" + key + "' has an empty list of values");
    }
    var lines = new ArrayList<Expr>();
    boolean every = modifiers.contains("all");
    boolean differs = modifiers.contains("neq");
    for (Node item : items) {
      lines.add(value(field, modifiers, place, item));
    }
    Expr joined = every && !differs ? Expr.all(lines) : Expr.any(lines);
    return differs ? new Expr.Not(joined) : joined;
  }

  /** One value, which encodings and placeholders may turn into several alternatives. */
  private Expr value(String field, List<String> modifiers, Node place, Node item) throws RuleFault {
    var state = new ValueState(item, placeholders, field.isEmpty());
    for (String modifier : modifiers) {
      try {
        state.apply(modifier);
      } catch (IllegalArgumentException e) {
        throw RuleFault.at(place, "'" + field + "|" + modifier + "': " + e.getMessage());
      }
    }
    var parts = new ArrayList<Expr>();
    try {
      for (Check check : state.checks()) {
        parts.add(new Expr.Match(field, check));
      }
    } catch (IllegalArgumentException e) {
      throw RuleFault.at(item, "'" + field + "': " + e.getMessage());
    }
    return Expr.any(parts);
  }
}
