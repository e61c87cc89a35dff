package mo.farol.wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Frames that arrived and were not kept, by agency and input. An agency is a listener's, a
 * certificate's or a token's, so one the centre knows and not one a sender invents; beyond {@value
 * #MOST_AGENCIES} they are counted together. Told once a batch. Any event loop may call.
 */
public final class Drops {
  static final int MOST_AGENCIES = 1_000;

  /** Agency in the metrics of those that are too many. */
  static final String OTHER = "other";

  private final MeterRegistry metrics;
  private final Map<String, Dropped> agencies = new ConcurrentHashMap<>();

  Drops(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** Counts so many frames; 0 makes the counter seen before the first. */
  void add(String input, String agency, int frames) {
    var known = agencies.get(agency);
    (known == null ? open(agency) : known).add(input, frames);
  }

  /** Frames of an agency since the start. */
  public long of(String agency) {
    var known = agencies.get(agency);
    return known == null ? 0 : known.all.sum();
  }

  private Dropped open(String agency) {
    String name = agencies.size() < MOST_AGENCIES ? agency : OTHER;
    return agencies.computeIfAbsent(name, Dropped::new);
  }

  private final class Dropped {
    private final String agency;
    private final LongAdder all = new LongAdder();
    private final Map<String, Counter> inputs = new ConcurrentHashMap<>();

    Dropped(String agency) {
      this.agency = agency;
    }

    void add(String input, int frames) {
      all.add(frames);
      var counter = inputs.get(input);
      (counter == null ? inputs.computeIfAbsent(input, this::counter) : counter).increment(frames);
    }

    private Counter counter(String input) {
      return metrics.counter("farol_intake_dropped_total", "input", input, "agency", agency);
    }
  }
}
