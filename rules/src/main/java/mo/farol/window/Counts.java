package mo.farol.window;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.sigma.SigmaCorrelation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the room counts about itself. */
final class Counts {
  private static final Logger LOG = LoggerFactory.getLogger(Counts.class);
  private static final int TOLD = 10_000;

  private record Told(String rule, Lane.Key lane, String bound) {}

  private final MeterRegistry meters;
  private final boolean isLive; // else the log says nothing
  private final Set<Told> told = new HashSet<>();

  /** Groups held. */
  final AtomicLong groups = new AtomicLong();

  /** Longs that hits and values take. */
  final AtomicLong longs = new AtomicLong();

  /** Hits that came too late for their group. */
  final Counter late;

  /** Hits that lack a field to group by or to count. */
  final Counter fieldless;

  /** Hits whose value to add up is not a number. */
  final Counter numberless;

  /** Hits of events that were sent again. */
  final Counter repeated;

  /** Groups that had to make room. */
  final Counter evicted;

  Counts(MeterRegistry meters, boolean isLive) {
    this.meters = meters;
    this.isLive = isLive;
    Gauge.builder("farol_window_groups", groups, AtomicLong::get)
        .strongReference(true)
        .register(meters);
    Gauge.builder("farol_window_bytes", longs, held -> (double) held.get() * Long.BYTES)
        .strongReference(true)
        .register(meters);
    late = meters.counter("farol_window_late_hits_total");
    fieldless = meters.counter("farol_window_fieldless_hits_total");
    numberless = meters.counter("farol_window_numberless_hits_total");
    repeated = meters.counter("farol_window_repeated_hits_total");
    evicted = meters.counter("farol_window_evicted_groups_total");
  }

  /**
   * A bound was met: counted by rule, and logged once for each rule and lane.
   *
   * @param bound {@code groups}, {@code memory}, {@code hits} of a group or {@code values} of a
   *     group
   */
  void bounded(SigmaCorrelation rule, Lane.Key lane, String bound) {
    meters
        .counter("farol_window_bounded_total", "rule", rule.ref().id(), "bound", bound)
        .increment();
    if (isLive && told.size() < TOLD && told.add(new Told(rule.ref().id(), lane, bound))) {
      LOG.warn(
          "the correlation '{}' ({}) met its bound of {} at agency '{}'{}: what it says is a lower"
              + " bound there; narrow its rules or its span",
          rule.ref().title(),
          rule.ref().id(),
          bound,
          lane.agency(),
          lane.lane().isEmpty() ? "" : ", import " + lane.lane());
    }
  }
}
