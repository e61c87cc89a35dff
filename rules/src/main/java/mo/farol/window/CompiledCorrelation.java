package mo.farol.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.match.FieldMap;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.SigmaCorrelation;

/** A correlation with the event names of its fields, for each rule it refers to. */
final class CompiledCorrelation {
  private final SigmaCorrelation correlation;
  private final String version;
  private final int order;
  private final Map<String, List<List<String>>> groupNames = new HashMap<>();
  private final Map<String, List<List<String>>> valueNames = new HashMap<>();

  /**
   * @param version what it means: a hash of all that decides what it counts
   * @param order those it refers to come before it
   * @param sources log source by rule id; a correlation has none
   */
  CompiledCorrelation(
      SigmaCorrelation correlation,
      String version,
      int order,
      FieldMap fields,
      Map<String, LogSource> sources) {
    this.correlation = correlation;
    this.version = version;
    this.order = order;
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

  String version() {
    return version;
  }

  int order() {
    return order;
  }

  /** Every name that a field may have which groups or is counted. */
  Set<String> fieldNames() {
    return Stream.concat(groupNames.values().stream(), valueNames.values().stream())
        .flatMap(List::stream)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  /** Whether growth of a crossing that was counted before may not count once more. */
  boolean countsEachOnce() {
    return switch (correlation.type()) {
      case EVENT_COUNT, VALUE_SUM, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE, FAROL_RARE -> true;
      case VALUE_COUNT, TEMPORAL, TEMPORAL_ORDERED, FAROL_FIRST_SEEN, FAROL_ABSENCE -> false;
    };
  }

  /** Whether an event that several of its rules find is one: not where each looks at its own. */
  boolean countsEventsOnce() {
    return countsEachOnce()
        && correlation.rules().size() > 1
        && correlation.fields().stream().noneMatch(correlation.aliases()::containsKey);
  }

  /** Whether values are numbers that can be added up when hits are merged. */
  boolean adds() {
    return switch (correlation.type()) {
      case VALUE_SUM, VALUE_AVG -> true;
      case EVENT_COUNT, VALUE_COUNT, VALUE_MEDIAN, VALUE_PERCENTILE -> false;
      case TEMPORAL, TEMPORAL_ORDERED -> false;
      case FAROL_FIRST_SEEN, FAROL_RARE, FAROL_ABSENCE -> false;
    };
  }

  /** Whether what stands between two hits of one value tells them apart. */
  boolean isOrdered() {
    return correlation.type() == SigmaCorrelation.Type.TEMPORAL_ORDERED;
  }

  /** Values of the group-by fields, cut where they are long; empty where the hit lacks one. */
  Optional<List<String>> key(Hit hit) {
    return values(hit, groupNames);
  }

  /** Values of the fields that are counted, cut as those are; empty where the hit lacks one. */
  Optional<List<String>> fields(Hit hit) {
    return values(hit, valueNames);
  }

  /** Values of the counted fields of a hit, by name. */
  Map<String, String> named(Hit hit) {
    var values = fields(hit).orElse(List.of());
    var named = new LinkedHashMap<String, String>();
    for (int i = 0; i < values.size(); i++) {
      named.put(correlation.fields().get(i), values.get(i));
    }
    return named;
  }

  /** The first place of the hit's rule among those referred to. */
  int step(Hit hit) {
    return correlation.rules().indexOf(hit.ruleId());
  }

  private static Optional<List<String>> values(Hit hit, Map<String, List<List<String>>> names) {
    var values = new ArrayList<String>();
    for (var alternatives : names.getOrDefault(hit.ruleId(), List.of())) {
      var value = hit.field(alternatives);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(Keys.cut(value.get()));
    }
    return Optional.of(values);
  }
}
