package mo.farol.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Sink;

/** A view that notes what it was handed and can be told to fail. */
final class RecordingSink implements Sink {
  private final List<String> messages = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private final Consumer<String> temper;
  private final AtomicInteger pulses = new AtomicInteger();
  private long next;
  private volatile boolean isCaughtUp;

  /** Starts at an offset; {@code temper} sees each message first and may throw. */
  RecordingSink(long next, Consumer<String> temper) {
    this.next = next;
    this.temper = temper;
  }

  RecordingSink(long next) {
    this(next, _ -> {});
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public synchronized long next() {
    return next;
  }

  @Override
  public synchronized void accept(EventBatch batch) {
    int before = messages.size();
    for (int i = batch.first(); i < batch.count(); i++) {
      if (batch.sequence(i) >= next) {
        String message = batch.text(i, Fields.MESSAGE);
        temper.accept(String.valueOf(message));
        messages.add(batch.sequence(i) + " " + message);
        next = batch.sequence(i) + 1;
      }
    }
    batches.add(messages.size() - before);
  }

  @Override
  public void pulse(boolean caughtUp) {
    pulses.incrementAndGet();
    isCaughtUp = caughtUp;
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** Number of events in each batch taken whole. */
  synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  int pulses() {
    return pulses.get();
  }

  boolean isCaughtUp() {
    return isCaughtUp;
  }
}
