package mo.farol.alert;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.rule.Rule;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.MatchCreatedEvent;

/** What the rules of one session cost: matches and firings a fact, time of their deeds. */
final class RuleCosts extends DefaultAgendaEventListener {
  /** Combinations of facts that one new fact may complete for one rule. */
  static final int MATCHES = 20_000;

  /** How often one new fact may make one rule fire. */
  static final int FIRINGS = 2_000;

  /**
   * Time of the processor that the deeds of one rule may take in {@link #WINDOW} facts; a machine
   * that is busy with other things is not the rule's fault.
   */
  static final Duration LIMIT = Duration.ofSeconds(2);

  static final int WINDOW = 1_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final class Cost {
    private int matches;
    private int firings;
    private long nanos;
  }

  /** Stops the evaluation that went too far. */
  static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stop(String reason) {
      super(reason);
    }
  }

  private final Map<Rule, Cost> costs = new HashMap<>();
  private long startedAt;
  private int facts;
  private @Nullable Overrun over;

  /** Another fact comes. */
  void next() {
    if (++facts == WINDOW) {
      facts = 0;
      costs.clear();
    }
    for (var cost : costs.values()) {
      cost.matches = 0;
      cost.firings = 0;
    }
  }

  /** The rule that went too far. */
  Optional<Overrun> over() {
    return Optional.ofNullable(over);
  }

  @Override
  public void matchCreated(MatchCreatedEvent event) {
    var rule = event.getMatch().getRule();
    if (++cost(rule).matches > MATCHES) {
      stop(
          rule,
          "one fact gave it more than %d combinations; tie its facts closer together"
              .formatted(MATCHES));
    }
  }

  @Override
  public void beforeMatchFired(BeforeMatchFiredEvent event) {
    var rule = event.getMatch().getRule();
    if (++cost(rule).firings > FIRINGS) {
      stop(
          rule,
          "one fact made it fire more than %d times; narrow its conditions".formatted(FIRINGS));
    }
    startedAt = THREADS.getCurrentThreadCpuTime();
  }

  @Override
  public void afterMatchFired(AfterMatchFiredEvent event) {
    var rule = event.getMatch().getRule();
    var cost = cost(rule);
    cost.nanos += THREADS.getCurrentThreadCpuTime() - startedAt;
    if (cost.nanos > LIMIT.toNanos()) {
      stop(
          rule,
          "what it does took more than %d ms of the processor in %d facts"
              .formatted(LIMIT.toMillis(), WINDOW));
    }
  }

  private Cost cost(Rule rule) {
    return costs.computeIfAbsent(rule, _ -> new Cost());
  }

  private void stop(Rule rule, String reason) {
    over = new Overrun(rule.getPackageName(), rule.getName(), reason);
    throw new Stop(reason);
  }
}
