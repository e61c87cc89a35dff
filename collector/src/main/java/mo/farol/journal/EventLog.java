package mo.farol.journal;

import java.time.Duration;
import java.util.Optional;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/**
 * The truth: frames in the order they were taken, each with a sequence counted from 0. The embedded
 * journal is one implementation; every other passes the same contract test.
 */
public interface EventLog extends AutoCloseable {
  /** Told once what became of an append, on the journal's thread: return quickly. */
  interface Acknowledgement {
    /** On disk; frame {@code i} of the batch has the sequence {@code firstSequence + i}. */
    void durable(long firstSequence);

    /** Not kept; the sender must be told so or be left without an answer. */
    void failed(JournalFault fault);
  }

  /** A run of frames as it was appended, with its place and its salt. */
  record Block(long firstSequence, long position, FrameBatch frames, Salt salt) {
    /** A run of a log that keeps no salts. */
    public Block(long firstSequence, long position, FrameBatch frames) {
      this(firstSequence, position, frames, Salt.none());
    }

    /** Sequence after the last frame. */
    public long nextSequence() {
      return firstSequence + frames.count();
    }
  }

  /** Reads blocks in order; belongs to one thread. */
  interface Reader extends AutoCloseable {
    /**
     * The next durable block, or null when none arrived within {@code wait}. The first one may
     * begin before the sequence asked for.
     */
    @Nullable Block next(Duration wait);

    /**
     * Every block before this sequence that can be read was handed out; past a damaged one it is
     * more than the last block told. 0 where a log has no damage to step over.
     */
    default long reached() {
      return 0;
    }

    @Override
    void close();
  }

  /** Queues a batch; never blocks. The answer comes after the bytes are on disk. */
  void append(FrameBatch batch, Acknowledgement acknowledgement);

  /**
   * Bytes queued and not yet durable: above a bound of their own, inputs stop reading or refuse.
   */
  long pendingBytes();

  /** Whether nothing can be kept now, so that every append will fail. */
  default boolean isFailing() {
    return false;
  }

  /** Frames taken since the journal began, durable or not. */
  long received();

  /** Frames on disk since the journal began: the sequence the next one gets at least. */
  long durable();

  /** A reader that starts with the block that holds this sequence. */
  Reader read(long fromSequence);

  /** The block that holds a sequence where it is at hand without a look at the disk. */
  default Optional<Block> lately(long sequence) {
    return Optional.empty();
  }

  /** The block that holds a sequence; empty when it was never written or retention removed it. */
  Optional<Block> holding(long sequence);

  /**
   * The same, found faster.
   *
   * @param position what a {@link Block} or an index row gave; a hint only, for retention removes
   *     and packs blocks, and less than 0 for none
   */
  default Optional<Block> holding(long sequence, long position) {
    return holding(sequence);
  }

  @Override
  void close();
}
