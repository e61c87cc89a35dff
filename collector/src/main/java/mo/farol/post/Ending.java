package mo.farol.post;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/** What the body of a request led to. */
public sealed interface Ending {
  /** There is nothing to keep. */
  record Done(Answer answer) implements Ending {}

  /** The body can't be taken. */
  record Refused(Refusal why) implements Ending {}

  /**
   * Frames to be kept, all of them or none; a request may hold more of them than one append.
   *
   * @param format the parser's name for what they are, empty to detect
   */
  record Keep(FrameBatch.Builder frames, String format, Kept kept) implements Ending {}

  /** Another request is about the same: this one gets its answer. */
  record Wait(CompletionStage<Answer> other) implements Ending {}

  /** Told once what became of the frames. */
  interface Kept {
    /**
     * They are on disk; made on the connection's event loop.
     *
     * @param first sequence of the first frame
     */
    Answer answer(long first, FrameBatch frames);

    /** Whether the request holds frames that this append could not. */
    default boolean hasMore() {
      return false;
    }

    /**
     * They are on disk: what is to be kept after them, on the connection's event loop; null where
     * the request holds no more, which then is answered.
     */
    default @Nullable Keep more() {
      return null;
    }

    /** Hands on, anew and one after the other, what was kept of the request before these frames. */
    default void before(Consumer<Keep> each) {
      // they are the first
    }

    /** Frames of the request that will not be kept, once there is no {@link #more}. */
    default int rejected() {
      return 0;
    }

    /** They could not be kept. */
    default void failed() {
      // nothing was counted on them
    }
  }
}
