package mo.farol.sigma;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One Sigma correlation rule: Sigma correlation rules specification 2.1.0.
 *
 * @param ref id, version and title
 * @param name by which other correlations may call it, empty when it has none
 * @param level as written; {@link Level#MEDIUM} where the rule gives none
 * @param tags as written
 * @param techniques ATT&CK technique ids drawn from the tags
 * @param type what is counted
 * @param rules ids of the rules and correlations it refers to, names resolved, in the order written
 * @param groupBy fields or aliases that keep groups apart, in the order written; may be empty
 * @param span how far apart the first and the last event may stand
 * @param fields the field or fields whose values are counted, added up or remembered
 * @param bounds all must hold for what is counted to cross; none for first-seen and absence
 * @param percentile which percentile, above 0 and up to 100; NaN where the rule gives none
 * @param learn how long a group is watched before anything new or rare is told; zero where the type
 *     has no such span
 * @param aliases alias name to rule id to field
 * @param generate whether the rules it refers to speak for themselves as well
 * @param fact {@code farol: {fact: true}}
 * @param path file it came from
 */
public record SigmaCorrelation(
    RuleRef ref,
    String name,
    Level level,
    List<String> tags,
    List<String> techniques,
    Type type,
    List<String> rules,
    List<String> groupBy,
    Duration span,
    List<String> fields,
    List<Bound> bounds,
    double percentile,
    Duration learn,
    Map<String, Map<String, String>> aliases,
    boolean generate,
    boolean fact,
    Path path) {
  /**
   * What a correlation counts. The last three are Farol's own: the specification has no such types.
   */
  public enum Type {
    EVENT_COUNT,
    VALUE_COUNT,
    VALUE_SUM,
    VALUE_AVG,
    VALUE_MEDIAN,
    VALUE_PERCENTILE,
    TEMPORAL,
    TEMPORAL_ORDERED,
    FAROL_FIRST_SEEN,
    FAROL_RARE,
    FAROL_ABSENCE;

    /** The word as in a rule file. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it counts rules that fire together. */
    public boolean isTemporal() {
      return this == TEMPORAL || this == TEMPORAL_ORDERED;
    }

    /** Whether a group is watched for a while before it is spoken of. */
    public boolean learns() {
      return this == FAROL_FIRST_SEEN || this == FAROL_RARE;
    }
  }

  /**
   * One end of the range a count must lie in.
   *
   * @param op how to compare
   * @param value with what
   */
  public record Bound(Op op, double value) {
    /** Whether a count or another figure satisfies this bound. */
    public boolean holds(double figure) {
      return op.holds(Double.compare(figure, value));
    }

    /** The number as people write it. */
    public String text() {
      return Figures.text(value);
    }
  }

  public SigmaCorrelation {
    tags = List.copyOf(tags);
    techniques = List.copyOf(techniques);
    rules = List.copyOf(rules);
    groupBy = List.copyOf(groupBy);
    fields = List.copyOf(fields);
    bounds = List.copyOf(bounds);
    aliases = Map.copyOf(aliases);
  }

  /** Whether a figure lies within all bounds; one of more than 15 digits is rounded to as many. */
  public boolean reached(double figure) {
    double rounded = Figures.rounded(figure);
    for (Bound bound : bounds) {
      if (!bound.holds(rounded)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the share of a value is looked at: a percentile without a number. */
  public boolean isShare() {
    return type == Type.VALUE_PERCENTILE && Double.isNaN(percentile);
  }

  /** Whether the values of its field must be numbers. */
  public boolean isNumeric() {
    return switch (type) {
      case VALUE_SUM, VALUE_AVG, VALUE_MEDIAN -> true;
      case VALUE_PERCENTILE -> !isShare();
      case EVENT_COUNT, VALUE_COUNT, TEMPORAL, TEMPORAL_ORDERED -> false;
      case FAROL_FIRST_SEEN, FAROL_RARE, FAROL_ABSENCE -> false;
    };
  }

  /**
   * Whether only a window that is over can tell: what holds for nothing at all, such as fewer than
   * five, would hold for the first event of every group.
   */
  public boolean isDecidedAtTheEnd() {
    return !type.learns() && !isShare() && !bounds.isEmpty() && reached(0);
  }

  /** All that decides what crosses, without what is only said about the rule. */
  public String meaning() {
    return String.join(
        "\n",
        type.word(),
        rules.toString(),
        groupBy.toString(),
        span.toString(),
        fields.toString(),
        bounds.toString(),
        Double.toString(percentile),
        learn.toString(),
        new TreeMap<>(aliases).toString());
  }

  /** The same with the names of rules replaced by their ids. */
  SigmaCorrelation resolved(List<String> ids, Map<String, Map<String, String>> byId) {
    return with(ref, ids, byId);
  }

  /** The same under another id. */
  SigmaCorrelation called(String id) {
    return with(ref.called(id), rules, aliases);
  }

  /** The same, where some of the rules it refers to have other ids, by what it calls them. */
  SigmaCorrelation calling(Map<String, String> ids) {
    var others = new TreeMap<String, Map<String, String>>();
    aliases.forEach(
        (alias, fields) -> {
          var byRule = new TreeMap<String, String>();
          fields.forEach((rule, field) -> byRule.put(ids.getOrDefault(rule, rule), field));
          others.put(alias, byRule);
        });
    return with(ref, rules.stream().map(rule -> ids.getOrDefault(rule, rule)).toList(), others);
  }

  /** The same in the version that its id has. */
  SigmaCorrelation versioned(UnaryOperator<String> version) {
    return with(ref.versioned(version.apply(ref.id())), rules, aliases);
  }

  private SigmaCorrelation with(
      RuleRef otherRef, List<String> ids, Map<String, Map<String, String>> byId) {
    return new SigmaCorrelation(
        otherRef,
        name,
        level,
        tags,
        techniques,
        type,
        ids,
        groupBy,
        span,
        fields,
        bounds,
        percentile,
        learn,
        byId,
        generate,
        fact,
        path);
  }

  /** The event field that stands behind a group-by name in events of a rule. */
  public String field(String name, String ruleId) {
    return aliases.getOrDefault(name, Map.of()).getOrDefault(ruleId, name);
  }
}
