package mo.farol.post;

import java.util.concurrent.CompletionStage;
import mo.farol.event.FrameBatch;

/** What the body of a request led to. */
public sealed interface Ending {
  /** There is nothing to keep. */
  record Done(Answer answer) implements Ending {}

  /** The body can't be taken. */
  record Refused(Refusal why) implements Ending {}

  /**
   * Frames to be kept, all of them or none.
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

    /** They could not be kept. */
    default void failed() {
      // nothing was counted on them
    }
  }
}
