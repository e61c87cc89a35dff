package mo.farol.window;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the room counts about itself.
 *
 * @param late hits older than their group's newest by more than the span
 * @param withoutFields hits that lack a field to group by or to count
 * @param repeated hits of events that were sent again
 * @param overflow groups that had to make room
 * @param groups groups held
 */
record Counts(
    Counter late, Counter withoutFields, Counter repeated, Counter overflow, AtomicLong groups) {
  static Counts in(MeterRegistry meters) {
    var groups = new AtomicLong();
    Gauge.builder("farol_window_groups", groups, AtomicLong::get)
        .strongReference(true)
        .register(meters);
    return new Counts(
        meters.counter("farol_window_late_hits_total"),
        meters.counter("farol_window_fieldless_hits_total"),
        meters.counter("farol_window_repeated_hits_total"),
        meters.counter("farol_window_evicted_groups_total"),
        groups);
  }
}
