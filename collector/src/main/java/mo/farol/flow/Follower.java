package mo.farol.flow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Sink;
import mo.farol.journal.EventLog;
import mo.farol.parse.Parser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the journal's events to one sink, in order, from where the sink left off.
 *
 * <p>A batch the sink throws on comes again event by event, so a sink knows by the sequence what it
 * has had. An event that fails alone is left out, counted and told; the belt goes on. Where the
 * world is at fault, seen by an {@link IOException} among the causes or an {@link InternalError},
 * nothing is left out: the belt waits and tries again.
 */
public final class Follower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Follower.class);
  private static final Duration PULSE = Duration.ofMillis(200);
  private static final long PAUSE_MILLIS = 500;
  private static final long EPIDEMIC_PAUSE_MILLIS = 50;
  // A request of a million lines is one block of the journal, but too much for one batch of events.
  private static final int BATCH_FRAMES = 4096;
  private static final long CLOSE_MILLIS = 8_000;

  private final EventLog journal;
  private final BatchParser parser;
  private final Sink sink;
  private final EventBatch batch = new EventBatch();
  private final Counter events;
  private final Counter stumbles;
  private final Poison poison;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile long next;
  private volatile boolean stumbling;

  public Follower(EventLog journal, BatchParser parser, Sink sink, MeterRegistry metrics) {
    this.journal = journal;
    this.parser = parser;
    this.sink = sink;
    this.events = metrics.counter("farol_flow_events_total", "sink", sink.name());
    this.stumbles = metrics.counter("farol_flow_stumbles_total", "sink", sink.name());
    this.poison = new Poison(sink.name(), metrics);
    this.thread = Thread.ofPlatform().name(sink.name()).unstarted(this::run);
  }

  public Follower(EventLog journal, Parser parser, Sink sink, MeterRegistry metrics) {
    this(journal, (BatchParser) parser::parse, sink, metrics);
  }

  /** Starts from the sink's own offset. */
  public Follower start() {
    next = sink.next();
    if (next > journal.durable()) {
      log.error(
          "{} has had events up to {}, the journal ends at {}: new events would be taken for old"
              + " ones",
          sink.name(),
          next,
          journal.durable());
    }
    thread.start();
    return this;
  }

  /** Sequence after the last event the sink has been handed. */
  public long next() {
    return next;
  }

  /** Whether the sink can't take what comes next, and is asked again. */
  public boolean isStumbling() {
    return stumbling;
  }

  /** Runs something on this belt's thread, between two batches; it must not take long. */
  public void between(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try {
        next = stumbling ? sink.resume(next) : next;
        follow();
      } catch (RuntimeException | InternalError e) {
        stumble(e); // an InternalError is what a mapped file throws that the disk can't give
      }
    }
  }

  private void follow() {
    try (var reader = journal.read(next)) {
      follow(reader);
    }
  }

  private void follow(EventLog.Reader reader) {
    while (!closing) {
      var block = reader.next(PULSE);
      if (block != null) {
        long from = Math.max(next, block.firstSequence());
        hand(block);
        if (closing) {
          return;
        }
        events.increment((double) (block.nextSequence() - from));
        next = block.nextSequence();
      }
      next = Math.max(next, reader.reached());
      runTasks();
      sink.pulse(next >= journal.durable());
      stumbling = false;
      long wanted = sink.resume(next);
      if (wanted != next) {
        next = wanted;
        return;
      }
    }
  }

  // Only what waits now: who adds more from within waits for the next batch.
  private void runTasks() {
    for (int waiting = tasks.size(); waiting > 0; waiting--) {
      var task = tasks.poll();
      if (task != null) {
        task.run();
      }
    }
  }

  private void hand(EventLog.Block block) {
    try {
      for (int from = 0; from < block.frames().count() && !closing; from += BATCH_FRAMES) {
        var frames = block.frames().slice(from, BATCH_FRAMES);
        long first = block.firstSequence() + from;
        if (first + frames.count() > next) {
          accept(frames, first, block.position());
          next = first + frames.count();
        }
      }
      poison.clear();
    } catch (RuntimeException | StackOverflowError e) {
      throwIfWorldly(e);
      handOneByOne(block);
    }
  }

  private void handOneByOne(EventLog.Block block) {
    var frames = block.frames();
    for (int i = 0; i < frames.count() && !closing; i++) {
      long sequence = block.firstSequence() + i;
      if (sequence >= next) {
        handOne(frames.slice(i, 1), sequence, block.position());
        next = sequence + 1;
      }
    }
  }

  private void handOne(FrameBatch frame, long sequence, long position) {
    try {
      accept(frame, sequence, position);
      poison.clear();
    } catch (RuntimeException | StackOverflowError e) {
      throwIfWorldly(e);
      poison.leaveOut(sequence, e);
      if (poison.isEpidemic()) {
        pause(EPIDEMIC_PAUSE_MILLIS);
      }
    }
  }

  private void accept(FrameBatch frames, long firstSequence, long position) {
    parser.parse(frames, firstSequence, position, batch);
    batch.skipBefore(next);
    sink.accept(batch);
  }

  private static void throwIfWorldly(Throwable e) {
    int depth = 0;
    for (var cause = e; cause != null && depth < 16; cause = cause.getCause()) {
      if (cause instanceof IOException && e instanceof RuntimeException fault) {
        throw fault;
      }
      depth++;
    }
  }

  private void stumble(Throwable e) {
    stumbles.increment();
    if (!stumbling) {
      log.error("{} stumbled at event {} and tries again", sink.name(), next, e);
    }
    stumbling = true;
    pause(PAUSE_MILLIS);
  }

  private void pause(long millis) {
    long slice = 50;
    try {
      for (long waited = 0; waited < millis && !closing; waited += slice) {
        Thread.sleep(slice);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }
}
