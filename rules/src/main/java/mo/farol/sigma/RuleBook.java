package mo.farol.sigma;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All rules of some folders: what compiled and what was refused.
 *
 * @param rules in the order of their paths
 * @param correlations with every name resolved, those referred to before those that refer
 * @param refusals in the order of their paths
 */
public record RuleBook(
    List<SigmaRule> rules, List<SigmaCorrelation> correlations, List<Refusal> refusals) {
  public RuleBook {
    rules = List.copyOf(rules);
    correlations = List.copyOf(correlations);
    refusals = List.copyOf(refusals);
  }

  /** Reads every {@code *.yml} below the folders. A file that is wrong becomes a refusal. */
  public static RuleBook load(List<Path> folders) {
    return load(folders, Map.of());
  }

  /**
   * Reads every {@code *.yml} below the folders.
   *
   * @param placeholders values for {@code expand}, by name without percent signs
   */
  public static RuleBook load(List<Path> folders, Map<String, List<String>> placeholders) {
    return new BookReader(placeholders).read(folders);
  }

  /**
   * Ids of rules that only serve a correlation: it refers to them and doesn't say {@code generate}.
   * Their detections count but stand for nothing by themselves. A rule marked as a fact is not
   * among them.
   */
  public Set<String> servants() {
    Set<String> facts =
        rules.stream()
            .filter(SigmaRule::fact)
            .map(rule -> rule.ref().id())
            .collect(Collectors.toSet());
    return correlations.stream()
        .filter(correlation -> !correlation.generate())
        .flatMap(correlation -> correlation.rules().stream())
        .filter(id -> !facts.contains(id))
        .collect(Collectors.toUnmodifiableSet());
  }
}
