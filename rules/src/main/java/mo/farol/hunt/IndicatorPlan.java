package mo.farol.hunt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mo.farol.event.Fields;
import mo.farol.indicator.IndicatorSet;
import mo.farol.indicator.Likeness;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import mo.farol.store.Question;

/**
 * Asks the index for the different values of each field in which indicators are looked for, and
 * then for the events of those that may hold one: so it costs the same for ten indicators and for a
 * million.
 */
final class IndicatorPlan {
  /** Of a field with more such values all events are looked at. */
  private static final int MOST_VALUES = 200_000;

  private IndicatorPlan() {}

  /**
   * The plan.
   *
   * @param question times and sequences that values are looked for in
   * @param unsure told where not all could be looked at
   */
  static Plan of(
      IndicatorSet set,
      IndexNames names,
      EventIndex index,
      Question question,
      Deadline deadline,
      Consumer<HuntResult.Shortfall> unsure) {
    var likeness = new Likeness(set);
    var asks = new ArrayList<Plan.Ask>();
    var shown = new ArrayList<Clause>();
    for (String field : Likeness.fields()) {
      if (!names.of(field).contains(field)) {
        continue;
      }
      var has = new Clause.Exists(field, 1);
      shown.add(has);
      int number = Fields.id(field);
      var found =
          index.values(
              field,
              question,
              (b, from, to, isWhole) -> !isWhole || likeness.mayHold(number, b, from, to),
              MOST_VALUES,
              deadline);
      clause(field, found, unsure).ifPresent(clause -> asks.add(new Plan.Ask(clause, has)));
    }
    return new Plan(asks, Clauses.any(shown), List.of());
  }

  private static Optional<Clause> clause(
      String field, Found.Passed found, Consumer<HuntResult.Shortfall> unsure) {
    if (!found.exact()) {
      unsure.accept(HuntResult.Shortfall.DAYS);
    }
    if (!found.all()) {
      return Optional.of(new Clause.Exists(field, 1));
    }
    return found.values().isEmpty()
        ? Optional.empty()
        : Optional.of(new Clause.Kept.OneOf(field, List.copyOf(found.values())));
  }
}
