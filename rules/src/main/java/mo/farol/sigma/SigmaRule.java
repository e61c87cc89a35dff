package mo.farol.sigma;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One compiled Sigma detection rule.
 *
 * @param ref id, version and title
 * @param name by which correlations may call it, empty when it has none
 * @param level as written; {@link Level#MEDIUM} where the rule gives none
 * @param status {@code stable}, {@code test} and so on, empty when not given
 * @param tags as written
 * @param techniques ATT&CK technique ids drawn from the tags, such as {@code T1110.001}
 * @param logSource what it looks at
 * @param detection when it matches, filters included
 * @param condition the same in words: the rule's own, then what each filter adds
 * @param filters that were applied, in their order
 * @param fact {@code farol: {fact: true}}: every detection reaches the decision rules, whatever its
 *     level
 * @param author as written
 * @param description as written
 * @param path file it came from
 */
public record SigmaRule(
    RuleRef ref,
    String name,
    Level level,
    String status,
    List<String> tags,
    List<String> techniques,
    LogSource logSource,
    Expr detection,
    String condition,
    List<RuleRef> filters,
    boolean fact,
    String author,
    String description,
    Path path) {
  public SigmaRule {
    tags = List.copyOf(tags);
    techniques = List.copyOf(techniques);
    filters = List.copyOf(filters);
  }

  /** The rule with a filter applied: it says something else now. */
  SigmaRule filteredBy(SigmaFilter filter) {
    var all = new ArrayList<>(filters);
    all.add(filter.ref());
    return with(ref, Expr.all(List.of(detection, filter.keeps())), filter.joined(condition), all);
  }

  /** The same under another id. */
  SigmaRule called(String id) {
    return with(ref.called(id), detection, condition, filters);
  }

  /** The same, it and its filters in the versions that their ids have. */
  SigmaRule versioned(UnaryOperator<String> version) {
    return with(
        ref.versioned(version.apply(ref.id())),
        detection,
        condition,
        filters.stream().map(f -> f.versioned(version.apply(f.id()))).toList());
  }

  private SigmaRule with(RuleRef otherRef, Expr expr, String words, List<RuleRef> others) {
    return new SigmaRule(
        otherRef,
        name,
        level,
        status,
        tags,
        techniques,
        logSource,
        expr,
        words,
        others,
        fact,
        author,
        description,
        path);
  }
}
