package mo.farol.silence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is missing of each agency by the numbers of its senders, for the metrics. A gauge, for what
 * comes late is taken off again. An agency is a listener's, a certificate's or a token's; beyond
 * {@value #MOST_AGENCIES} they are told together. Guarded by its owner's lock.
 */
final class Missing {
  static final int MOST_AGENCIES = 1_000;

  /** Agency in the metrics of those that are too many. */
  static final String OTHER = "other";

  private final MeterRegistry metrics;
  private final Map<String, AtomicLong> agencies = new HashMap<>();

  Missing(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** So many events of an agency more, or less, are missing; 0 makes the gauge seen. */
  void add(String agency, long events) {
    var known = agencies.get(agency);
    (known == null ? open(agency) : known).addAndGet(events);
  }

  private AtomicLong open(String agency) {
    String name = agencies.size() < MOST_AGENCIES ? agency : OTHER;
    return agencies.computeIfAbsent(name, this::gauge);
  }

  private AtomicLong gauge(String agency) {
    var missing = new AtomicLong();
    metrics.gauge(
        "farol_source_missing_events", Tags.of("agency", agency), missing, AtomicLong::doubleValue);
    return missing;
  }
}
