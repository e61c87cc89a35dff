package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What the store counts.
 *
 * @param setAside days that could not be read
 * @param leftOut events that the index refused
 * @param overflow values whose field has one name too many
 * @param motley events with one of too many combinations of fields
 * @param mergeFaults merges that failed
 * @param mergesPutOff merges that the disk had no room for
 */
record Meters(
    Counter indexed,
    Timer commits,
    Timer refreshes,
    Counter setAside,
    Counter leftOut,
    Counter overflow,
    Counter motley,
    Counter mergeFaults,
    Counter mergesPutOff) {
  static Meters in(MeterRegistry metrics) {
    return new Meters(
        metrics.counter("farol_store_events_total"),
        metrics.timer("farol_store_commit_seconds"),
        metrics.timer("farol_store_refresh_seconds"),
        metrics.counter("farol_store_days_set_aside_total"),
        metrics.counter("farol_store_events_left_out_total"),
        metrics.counter("farol_store_overflow_values_total"),
        metrics.counter("farol_store_motley_events_total"),
        metrics.counter("farol_store_merge_faults_total"),
        metrics.counter("farol_store_merges_put_off_total"));
  }
}
