package mo.farol.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * What a decision rule concluded, before it becomes a new alert or part of one that grows.
 *
 * @param decision the decision rule itself
 * @param rule the rule that speaks
 * @param agency agency id, or {@link Alert#NATIONAL}
 * @param group keeps alerts of one rule apart
 * @param facts what it rests on
 * @param category what kind of incident it would be, or empty
 * @param treated what was done to it before it goes out
 * @param hidden what keeps it out of the queue
 */
record Verdict(
    RuleRef decision,
    RuleRef rule,
    String agency,
    String title,
    Level level,
    List<String> techniques,
    List<Alert.Entity> entities,
    String group,
    List<Fact> facts,
    String category,
    List<WhyStep> treated,
    Optional<Suppression> hidden) {
  /** How the last step of the reasoning begins. */
  static final String DECIDED = "decided by ";

  /** What is counted in one alert, since its rule raised too many of its own. */
  Verdict asRest(int most) {
    return new Verdict(
        decision,
        rule,
        agency,
        Bounded.text("More than %d alerts a minute: %s".formatted(most, rule.title()), 300),
        level,
        techniques,
        entities,
        "\u0001rest",
        facts,
        category,
        treated,
        hidden);
  }

  /** Ids of all events of all facts, in order, without repeats. */
  List<EventId> events() {
    return facts.size() == 1
        ? Bounded.ordered(facts.getFirst().events())
        : facts.stream().flatMap(fact -> fact.events().stream()).sorted().distinct().toList();
  }

  /** The newest event of any fact. */
  EventId newestEvent() {
    return facts.stream()
        .filter(fact -> !fact.events().isEmpty())
        .map(fact -> fact.events().getLast())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Events that the facts counted and no longer list. */
  long unlisted() {
    return facts.stream().mapToLong(fact -> fact.count() - fact.events().size()).sum();
  }

  /** Of those, the ones of facts that share no event with another fact of their kind. */
  long unlistedAlone() {
    return facts.stream()
        .filter(DetectionFact.class::isInstance)
        .mapToLong(fact -> fact.count() - fact.events().size())
        .sum();
  }

  /** The most events that one count among the facts rests on. */
  long mostCounted() {
    return facts.stream()
        .filter(CrossingFact.class::isInstance)
        .mapToLong(Fact::count)
        .max()
        .orElse(0);
  }

  long firstAt() {
    return facts.stream().mapToLong(Fact::firstAt).min().orElseThrow();
  }

  long lastAt() {
    return facts.stream().mapToLong(Fact::at).max().orElseThrow();
  }

  /**
   * Whether a silence, a finding, or a count that time told or that was overdue is among the facts:
   * these need no new event.
   */
  boolean restsOnNoEvent() {
    return facts.stream().anyMatch(Verdict::isOfTime);
  }

  private static boolean isOfTime(Fact fact) {
    return fact instanceof SilenceFact
        || fact instanceof FindingFact
        || (fact instanceof CrossingFact f && (f.crossing().timed() || f.crossing().overdue()));
  }

  /** The reasoning in steps: the facts, then the decision. */
  List<String> why() {
    var steps = new ArrayList<String>();
    facts.stream().limit(8).map(Fact::words).forEach(steps::add);
    if (facts.size() > 8) {
      steps.add("and %d more".formatted(facts.size() - 8));
    }
    steps.add(DECIDED + Words.rule(decision));
    treated.forEach(step -> steps.add(step.words()));
    return steps;
  }

  /** The same as data. */
  List<WhyStep> steps() {
    var steps = new ArrayList<WhyStep>();
    facts.stream().limit(8).map(WhySteps::of).forEach(steps::add);
    steps.add(WhyStep.decision(decision, DECIDED + Words.rule(decision)));
    steps.addAll(treated);
    return steps;
  }

  /** As it goes out after it was treated: what is held back keeps apart from what is not. */
  Verdict after(Treatment treatment, List<WhyStep> context) {
    var suppression = treatment.hidden();
    var steps = new ArrayList<>(context);
    steps.addAll(treatment.steps());
    return new Verdict(
        decision,
        rule,
        agency,
        treatment.title(),
        treatment.level(),
        techniques,
        entities,
        suppression.map(h -> group + "\u0001" + h.kind() + ":" + h.id()).orElse(group),
        facts,
        treatment.category(),
        steps,
        suppression);
  }
}
