package mo.farol.sigma;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
 * @param fields for counts of values: the field or fields whose values are counted
 * @param bounds all must hold for the count to cross
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
    Map<String, Map<String, String>> aliases,
    boolean generate,
    boolean fact,
    Path path) {
  /** What a correlation counts. */
  public enum Type {
    EVENT_COUNT,
    VALUE_COUNT,
    TEMPORAL,
    TEMPORAL_ORDERED;

    /** The word as in a rule file. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One end of the range a count must lie in.
   *
   * @param op how to compare
   * @param value with what
   */
  public record Bound(Op op, long value) {
    /** Whether a count satisfies this bound. */
    public boolean holds(long count) {
      return op.holds(Long.compare(count, value));
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

  /** Whether a count lies within all bounds. */
  public boolean reached(long count) {
    return bounds.stream().allMatch(bound -> bound.holds(count));
  }

  /** The event field that stands behind a group-by name in events of a rule. */
  public String field(String name, String ruleId) {
    return aliases.getOrDefault(name, Map.of()).getOrDefault(ruleId, name);
  }
}
