package mo.farol.hunt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Micros;
import mo.farol.match.Detection;
import mo.farol.match.Matcher;
import mo.farol.match.RuleStanding;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.window.Crossing;
import mo.farol.window.WindowConfig;
import mo.farol.window.WindowPlan;
import mo.farol.window.Windows;

/**
 * Rules of one text as live detection would have had them: the matcher, the windows, and which of
 * them are told. For one thread.
 */
final class HuntRules {
  private static final WindowConfig BOUNDS =
      WindowConfig.defaults().withMemory(48L << 20).withGroups(50_000, 200_000);

  private final HuntOrder order;
  private final Matcher matcher;
  private final WindowPlan plan;
  private final Windows windows;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Set<String> untold = new HashSet<>();
  private final Set<String> correlations = new HashSet<>();
  private final Map<String, String> titles = new HashMap<>();
  private final Rows rows;
  private final boolean waits;
  private final Consumer<Crossing> out = this::crossed;
  private final List<Detection> found = new ArrayList<>();
  private long late;

  /**
   * @param most rows of groups that are kept
   * @param begun told of each group that crossed, once, with the title of its rule
   */
  HuntRules(HuntTarget.Rules rules, RuleBook book, HuntOrder order, int most, Begun begun) {
    this.order = order;
    matcher = Matcher.ofThePast(book, rules.settings());
    plan = WindowPlan.of(book, rules.settings());
    windows = Windows.ofThePast(plan, BOUNDS, meters, _ -> late++);
    untold.addAll(rules.beside());
    var servants = book.servants();
    for (var each : book.rules()) {
      String id = each.ref().id();
      titles.put(id, each.ref().title());
      if (servants.contains(id)) {
        untold.add(id);
      }
    }
    for (var each : book.correlations()) {
      titles.put(each.ref().id(), each.ref().title());
      correlations.add(each.ref().id());
    }
    waits = book.correlations().stream().anyMatch(HuntRules::waits);
    rows = new Rows(most, crossing -> begun.begun(crossing, title(crossing.rule().id())));
  }

  private static boolean waits(SigmaCorrelation each) {
    return each.type() == SigmaCorrelation.Type.FAROL_ABSENCE || each.isDecidedAtTheEnd();
  }

  /** Is told of groups that crossed. */
  interface Begun {
    /** One more did. */
    void begun(Crossing first, String title);
  }

  String title(String rule) {
    return titles.getOrDefault(rule, "");
  }

  /** Whether something is told since a time is over. */
  boolean waits() {
    return waits;
  }

  /** Whether there is a correlation of an id. */
  boolean hasCorrelation(String id) {
    return correlations.contains(id);
  }

  /** Looks at an event; gives what matches it, valid until the next one. */
  List<Detection> look(EventBatch events, int i) {
    found.clear();
    matcher.match(events, i, found::add);
    return found;
  }

  /** Those of what matches the event that was looked at which are told. */
  List<Detection> told() {
    return untold.isEmpty()
        ? found
        : found.stream().filter(each -> !untold.contains(each.rule().id())).toList();
  }

  /** Whether something of what matches is counted over time. */
  boolean isCounted() {
    return !plan.isEmpty() && found.stream().anyMatch(each -> windows.counts(each.rule()));
  }

  /** Those that are counted over time, with no more of the event than is needed for it. */
  List<Detection> counted() {
    return plan.isEmpty()
        ? List.of()
        : found.stream().filter(each -> windows.counts(each.rule())).map(plan::slim).toList();
  }

  void count(Detection detection) {
    windows.accept(detection, out);
  }

  /** All that was before a time was counted. */
  void pass(long micros) {
    windows.pass(Micros.toInstant(micros), out);
  }

  /** How far the events of an import go. */
  void reached(Import of, long latest) {
    windows.reached(of.agency(), of.lane(), of.exercise(), latest);
  }

  /** All was counted: windows that ended are judged. */
  void end() {
    windows.end(out);
  }

  /** Not all was counted: what is known is told. */
  void stop() {
    windows.flush(Instant.MAX, out);
  }

  private void crossed(Crossing crossing) {
    long at = Micros.of(crossing.lastAt());
    boolean isIn = at >= order.fromMicros() && at < order.toMicros();
    if (isIn && !untold.contains(crossing.rule().id())) {
      rows.add(crossing);
    }
  }

  Rows rows() {
    return rows;
  }

  /** Whether a rule failed on events again and again. */
  boolean isFailing() {
    return matcher.standings().stream().anyMatch(s -> s.state() != RuleStanding.State.AT_WORK);
  }

  /** Whether windows met a bound, so that a count may be too low. */
  boolean isBounded() {
    return meters.getMeters().stream()
            .filter(meter -> meter.getId().getName().endsWith("window_bounded_total"))
            .map(Counter.class::cast)
            .mapToDouble(Counter::count)
            .sum()
        > 0;
  }

  /** Whether hits came too late for their windows. */
  boolean isLate() {
    return late > 0;
  }
}
