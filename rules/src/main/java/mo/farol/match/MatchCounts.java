package mo.farol.match;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What matchers count, registered once however often rules are loaded anew. */
public final class MatchCounts {
  final Counter candidates;
  final Counter detections;
  final Counter faults;

  /** Rules that are off since they failed. */
  final AtomicInteger broken = new AtomicInteger();

  /** Rules that are off since they took too long. */
  final AtomicInteger quarantined = new AtomicInteger();

  /** Rules that match most events. */
  final AtomicInteger noisy = new AtomicInteger();

  public MatchCounts(MeterRegistry meters) {
    candidates = meters.counter("farol_match_candidates_total");
    detections = meters.counter("farol_match_detections_total");
    faults = meters.counter("farol_match_faults_total");
    gauge(meters, "farol_match_broken_rules", broken);
    gauge(meters, "farol_match_quarantined_rules", quarantined);
    gauge(meters, "farol_match_noisy_rules", noisy);
  }

  private static void gauge(MeterRegistry meters, String name, AtomicInteger value) {
    Gauge.builder(name, value, AtomicInteger::get).strongReference(true).register(meters);
  }

  /** Tells how these rules stand, those of before no more. */
  void stand(List<CompiledRule> rules) {
    broken.set(count(rules, RuleStanding.State.BROKEN));
    quarantined.set(count(rules, RuleStanding.State.QUARANTINED));
    noisy.set((int) rules.stream().filter(CompiledRule::isNoisy).count());
  }

  private static int count(List<CompiledRule> rules, RuleStanding.State state) {
    return (int) rules.stream().filter(rule -> rule.standing().state() == state).count();
  }
}
