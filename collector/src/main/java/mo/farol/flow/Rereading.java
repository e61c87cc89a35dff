package mo.farol.flow;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.journal.EventLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads many events back, in the order of the journal, a block at a time, by the parser that read
 * them when they came. For one thread.
 */
public final class Rereading implements AutoCloseable {
  /** Up to so many frames are passed over rather than leapt. */
  private static final long NEAR = 2_000;

  private final EventLog journal;
  private final LongUnaryOperator next;
  private final Consumer<EventBatch> out;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();
  private EventLog.@Nullable Reader reader;
  private long behind = -1;
  private long read;
  private long missing;

  /**
   * @param next the first sequence that is wanted from one on, or -1 where there is none
   * @param out takes batches of events, one after the other; each is filled anew
   */
  public Rereading(EventLog journal, LongUnaryOperator next, Consumer<EventBatch> out) {
    this.journal = journal;
    this.next = next;
    this.out = out;
  }

  /**
   * Reads the wanted events of one block.
   *
   * @param from the first sequence that may be read
   * @return the next one that is wanted; -1 where there is none
   */
  public long read(long from) {
    long wanted = next.applyAsLong(from);
    if (wanted < 0) {
      return -1;
    }
    var block = block(wanted);
    if (block == null) {
      missing++;
      return next.applyAsLong(wanted + 1);
    }
    behind = block.nextSequence();
    int count = block.frames().count();
    while (wanted >= 0 && wanted < behind) {
      int i = (int) (wanted - block.firstSequence());
      int end = i + 1;
      while (end < count && next.applyAsLong(block.firstSequence() + end) == wanted + end - i) {
        end++;
      }
      parse(block, i, end);
      wanted = next.applyAsLong(block.firstSequence() + end);
    }
    return wanted;
  }

  /** Events that were read so far. */
  public long read() {
    return read;
  }

  /** Events that could not be read back: their frames are damaged, or kept no longer. */
  public long missing() {
    return missing;
  }

  // A frame that retention took is there without its bytes.
  private void parse(EventLog.Block block, int from, int to) {
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || isGone(block.frames(), i)) {
        if (i > start) {
          long sequence = block.firstSequence() + start;
          var frames = block.frames().slice(start, i - start);
          parser.parse(frames, sequence, block.position(), events);
          read += i - start;
          out.accept(events);
        }
        missing += i == to ? 0 : 1;
        start = i + 1;
      }
    }
  }

  private static boolean isGone(FrameBatch frames, int i) {
    return frames.end(i) <= frames.start(i);
  }

  private EventLog.@Nullable Block block(long sequence) {
    boolean isNear = behind >= 0 && sequence >= behind && sequence - behind < NEAR;
    if (!isNear) {
      close();
      return journal.holding(sequence).orElse(null);
    }
    var open = reader == null ? journal.read(sequence) : reader;
    reader = open;
    var block = open.next(Duration.ZERO);
    while (block != null && block.nextSequence() <= sequence) {
      block = open.next(Duration.ZERO);
    }
    if (block != null && block.firstSequence() <= sequence) {
      return block;
    }
    close();
    return journal.holding(sequence).orElse(null);
  }

  @Override
  public void close() {
    var open = reader;
    reader = null;
    if (open != null) {
      open.close();
    }
  }
}
