package mo.farol.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mo.farol.event.Micros;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.parse.ClassRules;
import mo.farol.seal.Seal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is over and packs closed segments. A removal is: first the record, on disk; then the
 * rows of the index; then the blocks. A crash anywhere leaves blocks that are recorded as removed,
 * and the next sweep removes them.
 */
public final class Retention implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final long CLOSE_MILLIS = 8_000;

  private final RetentionPolicy policy;
  private final Classes classes;
  private final Journal journal;
  private final Seal seal;
  private final Forgetting index;
  private final LongSupplier seen;
  private final InstantSource clock;
  private final Packing packing;
  private final Map<Integer, Instant> nextAt = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("retention").unstarted(this::run);
  private final Counter frames;
  private final Counter bytes;
  private final Counter faults;

  /**
   * @param classes of which class of data an event is
   * @param index loses the rows
   * @param seen sequence below which every view has seen everything
   */
  public Retention(
      RetentionPolicy policy,
      ClassRules classes,
      Journal journal,
      Seal seal,
      Forgetting index,
      LongSupplier seen,
      InstantSource clock,
      MeterRegistry metrics) {
    this.policy = policy;
    this.classes = new Classes(classes);
    this.journal = journal;
    this.seal = seal;
    this.index = index;
    this.seen = seen;
    this.clock = clock;
    this.packing = new Packing(journal, this::goesOn, metrics);
    this.frames = metrics.counter("farol_retention_removed_frames_total");
    this.bytes = metrics.counter("farol_retention_freed_bytes_total");
    this.faults = metrics.counter("farol_retention_faults_total");
  }

  /** Sweeps five minutes from now and then every hour. */
  public Retention start() {
    thread.start();
    return this;
  }

  /** Goes over every closed segment once; gives the number of frames removed. */
  public long sweep() {
    long removed = 0;
    long limit = Math.min(seal.sealed(), seen.getAsLong());
    var now = clock.instant();
    for (var segment : journal.closed()) {
      if (!goesOn() || segment.endSequence() > limit) {
        break;
      }
      if (!nextAt.getOrDefault(segment.number(), Instant.MIN).isAfter(now)) {
        removed += sweep(segment, now);
      }
      pause(packing.pack(segment)); // half of a core at most
    }
    return removed;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      var pause = FIRST;
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = EVERY;
        try {
          sweep();
        } catch (RuntimeException e) {
          faults.increment();
          log.error("retention stumbled and tries again in an hour", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long sweep(Journal.Closed segment, Instant now) {
    if (policy.isForEver() && !seal.removals().touch(segment.number())) {
      return 0;
    }
    var sweep = new Sweep(policy, classes, seal.removals(), segment.number(), now);
    look(segment, sweep);
    var gone = sweep.runs();
    if (!gone.isEmpty()) {
      if (!goesOn()) {
        return 0;
      }
      for (var removal : sweep.removals(segment.number())) {
        seal.record(removal);
      }
      if (!index.forget(gone)) {
        log.warn("the index did not forget in time; segment {} is tried again", segment.number());
        return 0;
      }
      bytes.increment(
          (double) journal.rewrite(segment, new Splitting(gone).whileTrue(this::goesOn)));
    }
    nextAt.put(segment.number(), sweep.nextAt());
    frames.increment((double) gone.count());
    return gone.count();
  }

  private void look(Journal.Closed segment, Sweep sweep) {
    try (var reader = journal.read(segment.firstSequence())) {
      var block = reader.next(Duration.ZERO);
      if (block != null && isYoung(block) && !seal.removals().touch(segment.number())) {
        sweep.young(block, policy.shortest());
        return;
      }
      while (block != null && block.firstSequence() < segment.endSequence()) {
        sweep.look(block);
        block = reader.next(Duration.ZERO);
      }
    }
  }

  // Blocks lie in the order of their receipt: where the first is young, the others are. Not so
  // where
  // it comes from a clock that was ahead.
  private boolean isYoung(EventLog.Block first) {
    var shortest = policy.shortest();
    var received = Micros.toInstant(first.frames().receivedAtMicros());
    var age = Duration.between(received, clock.instant());
    return !age.isNegative() && age.compareTo(shortest) < 0;
  }

  private void pause(long millis) {
    try {
      closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What a broken seal says of removals and heads is nobody's word.
  private boolean goesOn() {
    return closing.getCount() > 0 && !seal.isBroken();
  }
}
