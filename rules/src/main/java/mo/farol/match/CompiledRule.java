package mo.farol.match;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.SigmaRule;

/**
 * A rule ready to be asked, with what the matcher remembers of it. The matcher's thread writes;
 * counters may be read from any.
 */
final class CompiledRule {
  /**
   * A filter in shadow that is tried on the rule.
   *
   * @param keeps what must hold of an event beside the rule
   */
  record Trial(RuleRef filter, Node keeps) {}

  final SigmaRule rule;
  final int ordinal;
  final Node node;
  final Watch watch;
  final List<Trial> trials;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong matches = new AtomicLong();
  private final AtomicLong measured = new AtomicLong();
  private final AtomicLong measuredNanos = new AtomicLong();
  private volatile RuleStanding.State state = RuleStanding.State.AT_WORK;
  private volatile boolean isNoisy;
  int faults;
  long windowNanos; // spent in the budget's window, each time capped
  int windowAsked; // times that took long enough to count
  int windowMatches; // in the window that tells noise

  CompiledRule(SigmaRule rule, int ordinal, Node node, List<Trial> trials) {
    this.rule = rule;
    this.ordinal = ordinal;
    this.node = node;
    this.trials = trials;
    this.watch = Watch.of(node);
  }

  boolean isOff() {
    return state != RuleStanding.State.AT_WORK;
  }

  void turnOff(RuleStanding.State why) {
    state = why;
  }

  void noisy() {
    isNoisy = true;
  }

  boolean isNoisy() {
    return isNoisy;
  }

  void asked() {
    asked.setOpaque(asked.getPlain() + 1);
  }

  void matched() {
    windowMatches++;
    matches.setOpaque(matches.getPlain() + 1);
  }

  void took(long nanos) {
    measured.setOpaque(measured.getPlain() + 1);
    measuredNanos.setOpaque(measuredNanos.getPlain() + nanos);
  }

  /** Goes on from where the same version of the rule was in another set. */
  void takeOver(CompiledRule before) {
    asked.setOpaque(before.asked.getPlain());
    matches.setOpaque(before.matches.getPlain());
    measured.setOpaque(before.measured.getPlain());
    measuredNanos.setOpaque(before.measuredNanos.getPlain());
    state = before.state;
    isNoisy = before.isNoisy;
    faults = before.faults;
  }

  RuleStanding standing() {
    return new RuleStanding(
        rule.ref(),
        asked.getOpaque(),
        matches.getOpaque(),
        measured.getOpaque(),
        measuredNanos.getOpaque(),
        state,
        isNoisy);
  }
}
