package mo.farol.rulebook;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.alert.Filtered;
import mo.farol.alert.ShadowCount;
import mo.farol.event.Scope;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleHead;
import mo.farol.sigma.Shadow;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.sigma.SigmaFilter;
import mo.farol.sigma.SigmaRule;

/**
 * What drafts in shadow found: what their rules would have said, what their filters would have
 * taken away. Counts come in from the detection thread; people read them by draft.
 */
public final class ShadowTrials {
  private final RulesInForce rules;
  private final RuleTrialRows ofRules;
  private final FilterTrialRows ofFilters;

  ShadowTrials(RulesInForce rules, RuleTrialRows ofRules, FilterTrialRows ofFilters) {
    this.rules = rules;
    this.ofRules = ofRules;
    this.ofFilters = ofFilters;
  }

  /** Keeps what rules in shadow found. On the detection thread. */
  public void add(List<ShadowCount> counts) {
    ofRules.add(counts);
  }

  /** Keeps what filters in shadow would have taken away. On the detection thread. */
  public void add(Filtered filtered) {
    ofFilters.add(filtered);
  }

  /** What the rules of a draft found at the agencies of a scope, while it is in shadow. */
  public List<RuleTrialRows.Found> found(RuleDraft draft, Scope scope) {
    if (draft.state() != RuleDraft.State.SHADOW) {
      return List.of();
    }
    var heads = RuleHead.of(draft.text(), Path.of("draft.yml"));
    return Stream.concat(
            book().rules().stream().map(SigmaRule::ref),
            book().correlations().stream().map(SigmaCorrelation::ref))
        .filter(ref -> heads.stream().anyMatch(head -> Shadow.of(head.id()).equals(ref.id())))
        .flatMap(ref -> ofRules.found(Shadow.plain(ref.id()), ref.version(), scope).stream())
        .toList();
  }

  /**
   * What the filters of a draft would have taken away at the agencies of a scope, while it is in
   * shadow; empty where it has no filter, or is in no shadow.
   */
  public Optional<FilterTrialRows.Found> filtered(RuleDraft draft, Scope scope) {
    if (draft.state() != RuleDraft.State.SHADOW) {
      return Optional.empty();
    }
    var found =
        filters(draft)
            .map(SigmaFilter::ref)
            .map(ref -> ofFilters.found(Shadow.plain(ref.id()), ref.version(), scope))
            .toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FilterTrialRows.Found(
                titled(found.stream().flatMap(each -> each.rules().stream()).toList()),
                found.stream().flatMap(each -> each.alerts().stream()).toList()));
  }

  /** How many rules in force the filters of a draft in shadow are tried on. */
  public long triedOn(RuleDraft draft) {
    var filters = filters(draft).toList();
    return book().rules().stream()
        .filter(rule -> filters.stream().anyMatch(filter -> filter.isTriedOn(rule)))
        .count();
  }

  private List<FilterTrialRows.OfRule> titled(List<FilterTrialRows.OfRule> rows) {
    var titles = new HashMap<String, String>();
    book().rules().forEach(r -> titles.put(r.ref().id(), r.ref().title()));
    return rows.stream().map(r -> r.called(titles.getOrDefault(r.rule(), r.rule()))).toList();
  }

  private Stream<SigmaFilter> filters(RuleDraft draft) {
    return book().filters().stream().filter(filter -> filter.path().equals(Path.of(draft.name())));
  }

  private RuleBook book() {
    return rules.now().rules().book();
  }
}
