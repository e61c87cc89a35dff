package mo.farol.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Turns {@code field|modifier|modifier: values} into checks: Sigma specification 2.1.0, appendix
 * "Modifiers". Modifiers work in the order written; {@link Chain} says which orders there are.
 */
final class ValueReader {
  private static final String ALONE =
      "'all' is not allowed on a single value; give a list, or leave it out";
  private static final String NULL_IN_LIST =
      "null can't be one of several values; write a selection of its own for it";

  private final Reading reading;

  ValueReader(Reading reading) {
    this.reading = reading;
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
    var chain = chain(field, modifiers, place);
    if (chain.has("all") && items.size() == 1) {
      throw RuleFault.at(place, "'" + key + "': " + ALONE);
    }
    if (chain.stage() == Chain.Stage.PRESENCE && items.size() > 1) {
      throw RuleFault.at(place, "'" + key + "': 'exists' has but one value, true or false");
    }
    var lines = new ArrayList<Expr>();
    for (Node item : items) {
      if (items.size() > 1 && YamlNodes.isNull(item)) {
        throw RuleFault.at(item, "'" + key + "': " + NULL_IN_LIST);
      }
      lines.add(value(field, modifiers, chain, item));
    }
    remark(key, chain, place);
    boolean differs = chain.has("neq");
    Expr joined = chain.has("all") && !differs ? Expr.all(lines) : Expr.any(lines);
    return differs ? new Expr.Not(joined) : joined;
  }

  private static Chain chain(String field, List<String> modifiers, Node place) throws RuleFault {
    var chain = new Chain();
    for (String modifier : modifiers) {
      try {
        chain.follow(modifier, field.isEmpty());
      } catch (IllegalArgumentException e) {
        throw RuleFault.at(place, "'" + field + "|" + modifier + "': " + e.getMessage());
      }
    }
    return chain;
  }

  private void remark(String key, Chain chain, Node place) {
    if (chain.has("base64offset") && chain.stage() == Chain.Stage.CODE) {
      reading.remark(place, "'" + key + "': stands inside a longer text; add '|contains'");
    }
    if (chain.stage() == Chain.Stage.REGEX && chain.has("cased")) {
      reading.remark(place, "'" + key + "': an expression minds case anyway; leave 'cased' out");
    }
  }

  /** One value, which encodings and placeholders may turn into several alternatives. */
  private Expr value(String field, List<String> modifiers, Chain chain, Node item)
      throws RuleFault {
    if (!(item instanceof ScalarNode scalar)) {
      throw RuleFault.at(
          item, "'" + field + "': a value must be a single text, number, truth value or null");
    }
    var parts = new ArrayList<Expr>();
    try {
      var state = new ValueState(scalar, reading.placeholders(), chain, field.isEmpty());
      modifiers.forEach(state::apply);
      for (Check check : state.checks()) {
        parts.add(new Expr.Match(field, check));
      }
      if (!state.isPossible()) {
        reading.remark(item, "'" + field + "': no date has such a part as " + scalar.getValue());
      }
    } catch (Placeholders.NoValue e) {
      throw RuleFault.waiting(item, "'" + field + "': " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw RuleFault.at(item, "'" + field + "': " + e.getMessage());
    }
    return Expr.any(parts);
  }
}
