package mo.farol.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalFault;
import mo.farol.journal.Remains;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs closed segments: what a stream of single frames costs on the way in is won back here, off
 * that way. One that can't be packed stays as it is until the next start. For one thread.
 */
final class Packing {
  private static final Logger log = LoggerFactory.getLogger(Packing.class);

  private final Journal journal;
  private final BooleanSupplier goesOn;
  private final Counter bytes;
  private final Counter faults;
  private final Set<Integer> left = new HashSet<>();

  /**
   * @param goesOn false once it is to end
   */
  Packing(Journal journal, BooleanSupplier goesOn, MeterRegistry metrics) {
    this.journal = journal;
    this.goesOn = goesOn;
    this.bytes = metrics.counter("farol_retention_packed_bytes_total");
    this.faults = metrics.counter("farol_retention_packing_faults_total");
  }

  /** Packs a segment unless it is packed; gives the milliseconds it took. */
  long pack(Journal.Closed segment) {
    long begun = System.nanoTime();
    try {
      if (!left.contains(segment.number())
          && !journal.isPacked(segment)
          && journal.hasRoomToPack(segment)) {
        bytes.increment((double) journal.rewrite(segment, Remains.WHOLE.whileTrue(goesOn)));
      }
    } catch (JournalFault e) {
      if (goesOn.getAsBoolean()) {
        faults.increment();
        left.add(segment.number());
        log.warn(
            "segment {} was not packed and stays as it is: {}", segment.number(), e.toString());
      }
    }
    return (System.nanoTime() - begun) / 1_000_000;
  }
}
