package mo.farol.flow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events left out because a parser or a sink failed on them: counted each, told once a run. */
final class Poison {
  private static final Logger log = LoggerFactory.getLogger(Poison.class);
  private static final int RUN_TOLD_AT = 64;

  private final String sink;
  private final Counter counter;
  private int run;

  Poison(String sink, MeterRegistry metrics) {
    this.sink = sink;
    this.counter = metrics.counter("farol_flow_poisoned_total", "sink", sink);
  }

  /** Notes an event that is left out. */
  void leaveOut(long sequence, Throwable why) {
    counter.increment();
    run++;
    if (run == 1) {
      log.error("{} leaves out event {}, which it failed on", sink, sequence, why);
    } else if (run == RUN_TOLD_AT) {
      log.error("{} has failed on {} events one after the other", sink, run);
    }
  }

  /** Notes an event that went well. */
  void clear() {
    run = 0;
  }

  /** Whether so many failed in a row that the sink itself may be ill. */
  boolean isEpidemic() {
    return run >= RUN_TOLD_AT;
  }
}
