package mo.farol.flow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mo.farol.event.EventBatch;
import mo.farol.event.Sink;
import mo.farol.journal.EventLog;
import mo.farol.parse.Parser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the journal's events to one sink, in order, from where the sink left off. An event that
 * makes the sink fail is left out, counted and told once; the belt goes on.
 */
public final class Follower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Follower.class);
  private static final Duration PULSE = Duration.ofMillis(200);
  private static final long PAUSE_AFTER_FAULT_MILLIS = 500;

  private final EventLog journal;
  private final Parser parser;
  private final Sink sink;
  private final EventBatch batch = new EventBatch();
  private final Counter events;
  private final Counter poisoned;
  private final Thread thread;
  private volatile boolean closing;
  private volatile long next;

  public Follower(EventLog journal, Parser parser, Sink sink, MeterRegistry metrics) {
    this.journal = journal;
    this.parser = parser;
    this.sink = sink;
    this.events = metrics.counter("farol_flow_events_total", "sink", sink.name());
    this.poisoned = metrics.counter("farol_flow_poisoned_total", "sink", sink.name());
    this.thread = Thread.ofPlatform().name(sink.name()).unstarted(this::run);
  }

  /** Starts from the sink's own offset. */
  public Follower start() {
    next = sink.next();
    thread.start();
    return this;
  }

  /** Sequence after the last event the sink has been handed. */
  public long next() {
    return next;
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try (var reader = journal.read(next)) {
        follow(reader);
      } catch (RuntimeException e) {
        log.error("the {} belt stumbled at event {} and starts again", sink.name(), next, e);
        pause();
      }
    }
  }

  private void follow(EventLog.Reader reader) {
    while (!closing) {
      var block = reader.next(PULSE);
      if (block != null) {
        hand(block);
      }
      sink.pulse(next >= journal.durable());
    }
  }

  private void hand(EventLog.Block block) {
    parse(block);
    long from = Math.max(next, block.firstSequence());
    try {
      sink.accept(batch);
    } catch (RuntimeException e) {
      log.error(
          "{} failed on events {} to {}; trying them one by one",
          sink.name(),
          from,
          block.nextSequence() - 1,
          e);
      handOneByOne(block);
    }
    next = Math.max(next, block.nextSequence());
    events.increment((double) (block.nextSequence() - from));
  }

  private void parse(EventLog.Block block) {
    parser.parse(block.frames(), block.firstSequence(), block.position(), batch);
    batch.skipBefore(next);
  }

  private void handOneByOne(EventLog.Block block) {
    for (long sequence = Math.max(next, block.firstSequence());
        sequence < block.nextSequence();
        sequence++) {
      parse(block);
      batch.only(sequence);
      try {
        sink.accept(batch);
      } catch (RuntimeException e) {
        poisoned.increment();
        log.error("{} leaves out event {}: {}", sink.name(), sequence, e.toString());
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAULT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
