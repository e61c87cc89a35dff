package mo.farol.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/**
 * An event log in memory, for tests. Acknowledges at once on the caller's thread; {@link #hold}
 * lets appends wait, {@link #fail} refuses them, {@link #pretendPending} feigns a full queue.
 */
public final class MemoryLog implements EventLog {
  private record Waiting(FrameBatch batch, Acknowledgement acknowledgement) {}

  private final List<Block> blocks = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean holding;
  private boolean failing;
  private long pretended;
  private long durable;
  private long received;

  /** Lets appends wait until {@link #release}. */
  public synchronized void hold() {
    holding = true;
  }

  /** Acknowledges what waits, or refuses it if told to, and from now on at once again. */
  public void release() {
    List<Waiting> freed;
    boolean refuses;
    synchronized (this) {
      holding = false;
      refuses = failing;
      freed = List.copyOf(waiting);
      waiting.clear();
    }
    freed.forEach(
        w -> {
          if (refuses) {
            w.acknowledgement.failed(new JournalFault("the memory log was told to refuse"));
          } else {
            w.acknowledgement.durable(keep(w.batch));
          }
        });
  }

  /** Refuses appends from now on, or no longer. */
  public synchronized void fail(boolean on) {
    failing = on;
  }

  /** Adds bytes to {@link #pendingBytes} that are not there. */
  public synchronized void pretendPending(long bytes) {
    pretended = bytes;
  }

  /** Blocks kept so far. */
  public synchronized List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** Bytes that wait for {@link #release}. */
  public synchronized long heldBytes() {
    return waiting.stream().mapToLong(w -> w.batch.size()).sum();
  }

  /** The texts of all frames kept so far, in order. */
  public synchronized List<String> texts() {
    var texts = new ArrayList<String>();
    for (var block : blocks) {
      for (int i = 0; i < block.frames().count(); i++) {
        texts.add(block.frames().frame(i, block.firstSequence()).text());
      }
    }
    return texts;
  }

  @Override
  public void append(FrameBatch batch, Acknowledgement acknowledgement) {
    long first;
    synchronized (this) {
      if (failing) {
        first = -1;
      } else if (holding) {
        received += batch.count();
        waiting.add(new Waiting(batch, acknowledgement));
        return;
      } else {
        received += batch.count();
        first = keep(batch);
      }
    }
    if (first < 0) {
      acknowledgement.failed(new JournalFault("the memory log was told to refuse"));
    } else {
      acknowledgement.durable(first);
    }
  }

  @Override
  public synchronized boolean isFailing() {
    return failing;
  }

  @Override
  public synchronized long pendingBytes() {
    return pretended + heldBytes();
  }

  @Override
  public synchronized long received() {
    return received;
  }

  @Override
  public synchronized long durable() {
    return durable;
  }

  @Override
  public Reader read(long fromSequence) {
    return new MemoryReader(fromSequence);
  }

  @Override
  public synchronized Optional<Block> holding(long sequence) {
    return blocks.stream()
        .filter(b -> b.firstSequence() <= sequence && sequence < b.nextSequence())
        .findFirst();
  }

  @Override
  public void close() {
    // nothing is held open
  }

  private synchronized long keep(FrameBatch batch) {
    long first = durable;
    blocks.add(new Block(first, blocks.size(), batch));
    durable += batch.count();
    notifyAll();
    return first;
  }

  private synchronized @Nullable Block await(long sequence, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (durable <= sequence) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return null;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return holding(sequence).orElseThrow();
  }

  private final class MemoryReader implements Reader {
    private long next;

    MemoryReader(long next) {
      this.next = next;
    }

    @Override
    public @Nullable Block next(Duration wait) {
      var block = await(next, wait);
      if (block != null) {
        next = block.nextSequence();
      }
      return block;
    }

    @Override
    public void close() {
      // nothing is held open
    }
  }
}
