package mo.farol.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mo.farol.sigma.SigmaCorrelation.Bound;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The condition of a correlation.
 *
 * @param fields whose values are looked at
 * @param percentile NaN where none is given
 * @param bounds empty where the type has none
 */
record CorrelationCondition(List<String> fields, double percentile, List<Bound> bounds) {
  private static final String NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,9})?";

  /**
   * @param rules how many rules are referred to: what a temporal correlation without a condition
   *     needs
   */
  static CorrelationCondition read(
      YamlNodes yaml,
      Node body,
      Map<String, YamlNodes.Entry> keys,
      SigmaCorrelation.Type type,
      int rules)
      throws RuleFault {
    var condition = keys.get("condition");
    if (condition == null && type.isTemporal()) {
      return new CorrelationCondition(List.of(), Double.NaN, List.of(new Bound(Op.GTE, rules)));
    }
    if (condition == null && type == SigmaCorrelation.Type.FAROL_ABSENCE) {
      return new CorrelationCondition(List.of(), Double.NaN, List.of());
    }
    if (condition == null) {
      throw RuleFault.at(body, "correlation: condition is missing");
    }
    if (type == SigmaCorrelation.Type.FAROL_ABSENCE) {
      throw RuleFault.at(condition.key(), "correlation: an absence has no condition");
    }
    var entries = yaml.map(condition.value(), "condition");
    return new CorrelationCondition(
        fields(yaml, condition.value(), entries, type),
        percentile(yaml, entries, type),
        bounds(yaml, condition.value(), entries, type));
  }

  private static List<String> fields(
      YamlNodes yaml, Node place, Map<String, YamlNodes.Entry> entries, SigmaCorrelation.Type type)
      throws RuleFault {
    var fields = yaml.texts(entries, "field");
    if (type == SigmaCorrelation.Type.EVENT_COUNT || type.isTemporal()) {
      return List.of();
    }
    if (fields.isEmpty()) {
      throw RuleFault.at(place, "condition: " + type.word() + " needs a field");
    }
    boolean one = type != SigmaCorrelation.Type.VALUE_COUNT && !type.learns();
    if (one && fields.size() > 1) {
      throw RuleFault.at(place, "condition: " + type.word() + " takes one field");
    }
    return fields;
  }

  private static double percentile(
      YamlNodes yaml, Map<String, YamlNodes.Entry> entries, SigmaCorrelation.Type type)
      throws RuleFault {
    var entry = entries.get("percentile");
    if (entry == null) {
      return type == SigmaCorrelation.Type.VALUE_MEDIAN ? 50 : Double.NaN;
    }
    String text = yaml.text(entry.value(), "percentile");
    double percentile = text.matches(NUMBER) ? Double.parseDouble(text) : 0;
    if (type != SigmaCorrelation.Type.VALUE_PERCENTILE) {
      throw RuleFault.at(entry.key(), "condition: only value_percentile takes a percentile");
    }
    if (percentile <= 0 || percentile > 100) {
      throw RuleFault.at(
          entry.value(), "percentile is a number above 0 and up to 100, not '" + text + "'");
    }
    return percentile;
  }

  private static List<Bound> bounds(
      YamlNodes yaml, Node place, Map<String, YamlNodes.Entry> entries, SigmaCorrelation.Type type)
      throws RuleFault {
    var bounds = new ArrayList<Bound>();
    for (var entry : entries.entrySet()) {
      if (!entry.getKey().equals("field") && !entry.getKey().equals("percentile")) {
        bounds.add(bound(yaml, entry.getKey(), entry.getValue()));
      }
    }
    if (type == SigmaCorrelation.Type.FAROL_FIRST_SEEN && !bounds.isEmpty()) {
      throw RuleFault.at(place, "condition: first-seen compares with no number");
    }
    if (type != SigmaCorrelation.Type.FAROL_FIRST_SEEN && bounds.isEmpty()) {
      throw RuleFault.at(place, "condition: gt, gte, eq, lt, lte or neq is missing");
    }
    if (counts(type) && bounds.stream().anyMatch(CorrelationCondition::isForNothing)) {
      throw RuleFault.at(
          place,
          "condition: it holds for no events at all, and no events make no group;"
              + " write type: farol_absence");
    }
    return bounds;
  }

  private static boolean counts(SigmaCorrelation.Type type) {
    return type == SigmaCorrelation.Type.EVENT_COUNT
        || type == SigmaCorrelation.Type.VALUE_COUNT
        || type.isTemporal();
  }

  private static boolean isForNothing(Bound bound) {
    return switch (bound.op()) {
      case LT -> bound.value() <= 1;
      case LTE, EQ -> bound.value() < 1;
      case GT, GTE, NEQ -> false;
    };
  }

  private static Bound bound(YamlNodes yaml, String word, YamlNodes.Entry entry) throws RuleFault {
    String number = yaml.text(entry.value(), word);
    for (Op op : Op.values()) {
      if (op.word().equals(word) && number.matches(NUMBER)) {
        return new Bound(op, Double.parseDouble(number) + 0.0);
      }
    }
    throw RuleFault.at(
        entry.key(), "condition: '" + word + ": " + number + "' is no comparison with a number");
  }
}
