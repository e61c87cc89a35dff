package mo.farol.hunt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaRule;
import mo.farol.store.Clause;

/** Puts what many rules ask into few questions, by log source. */
final class RulePlan {
  private static final int MOST_PARTS = 160;
  private static final int MOST_SHOWN = 40;

  private final RuleSettings settings;
  private final IndexNames names;
  private final Map<Clause, List<Clause>> bySource = new LinkedHashMap<>();
  private final List<Clause> shown = new ArrayList<>();
  private final List<String> blind = new ArrayList<>();

  private RulePlan(RuleSettings settings, IndexNames names) {
    this.settings = settings;
    this.names = names;
  }

  static Plan of(HuntTarget.Rules rules, IndexNames names) {
    var plan = new RulePlan(rules.settings(), names);
    rules.book().rules().forEach(plan::add);
    rules.against().map(RuleBook::rules).orElse(List.of()).forEach(plan::ask);
    return new Plan(plan.questions(), plan.shown(), plan.blind);
  }

  private void add(SigmaRule rule) {
    var fields = Superset.fields(rule, settings, names);
    if (Clauses.isNone(fields)) {
      blind.add(rule.ref().id());
    }
    shown.add(fields);
    ask(rule);
  }

  private void ask(SigmaRule rule) {
    var asked = Superset.of(rule, settings, names);
    if (!Clauses.isNone(asked.whole())) {
      bySource.computeIfAbsent(asked.source(), _ -> new ArrayList<>()).add(asked.values());
    }
  }

  private List<Plan.Ask> questions() {
    var questions = new ArrayList<Plan.Ask>();
    bySource.forEach(
        (source, all) -> {
          var some = new ArrayList<Clause>();
          int size = 0;
          for (var one : all) {
            int more = Clauses.size(one);
            if (size > 0 && size + more > MOST_PARTS) {
              questions.add(ask(source, some));
              some.clear();
              size = 0;
            }
            some.add(one);
            size += more;
          }
          questions.add(ask(source, some));
        });
    return questions.stream().anyMatch(ask -> Clauses.isAll(ask.clause()))
        ? List.of(new Plan.Ask(Clauses.ALL, Clauses.ALL))
        : questions;
  }

  private static Plan.Ask ask(Clause source, List<Clause> some) {
    return new Plan.Ask(Clauses.all(List.of(source, Clauses.any(some))), source);
  }

  // Of many rules the log sources are told.
  private Clause shown() {
    var all = Clauses.any(shown);
    return shown.size() <= MOST_SHOWN && Clauses.size(all) <= MOST_PARTS
        ? all
        : Clauses.thinned(Clauses.any(List.copyOf(bySource.keySet())), MOST_PARTS);
  }
}
