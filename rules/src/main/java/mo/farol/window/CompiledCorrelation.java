package mo.farol.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.match.FieldMap;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.SigmaCorrelation;

/** A correlation with the event names of its fields, for each rule it refers to. */
final class CompiledCorrelation {
  private final SigmaCorrelation correlation;
  private final Map<String, List<List<String>>> groupNames = new HashMap<>();
  private final Map<String, List<List<String>>> valueNames = new HashMap<>();

  /**
   * @param sources log source by rule id; a correlation has none
   */
  CompiledCorrelation(
      SigmaCorrelation correlation, FieldMap fields, Map<String, LogSource> sources) {
    this.correlation = correlation;
    for (String rule : correlation.rules()) {
      var source = sources.getOrDefault(rule, new LogSource("", "", ""));
      groupNames.put(rule, names(correlation.groupBy(), rule, source, fields));
      valueNames.put(rule, names(correlation.fields(), rule, source, fields));
    }
  }

  private List<List<String>> names(
      List<String> wanted, String rule, LogSource source, FieldMap fields) {
    return wanted.stream()
        .map(name -> fields.names(source, correlation.field(name, rule)))
        .toList();
  }

  SigmaCorrelation correlation() {
    return correlation;
  }

  /** Values of the group-by fields; empty where the hit lacks one. */
  Optional<List<String>> key(Hit hit) {
    return values(hit, groupNames);
  }

  /** What the hit counts as: a value of the counted fields, or its rule. */
  Optional<String> value(Hit hit) {
    return switch (correlation.type()) {
      case EVENT_COUNT -> Optional.of("");
      case VALUE_COUNT -> values(hit, valueNames).map(values -> String.join("\u001f", values));
      case TEMPORAL, TEMPORAL_ORDERED -> Optional.of(hit.ruleId());
    };
  }

  private static Optional<List<String>> values(Hit hit, Map<String, List<List<String>>> names) {
    var values = new ArrayList<String>();
    for (var alternatives : names.getOrDefault(hit.ruleId(), List.of())) {
      var value = hit.field(alternatives);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values);
  }
}
