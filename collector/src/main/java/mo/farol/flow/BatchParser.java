package mo.farol.flow;

import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;

/** Frames to events; {@code parser::parse} fits. Called by one thread. */
@FunctionalInterface
public interface BatchParser {
  /**
   * Fills a batch with one event for each frame.
   *
   * @param firstSequence journal sequence of the first frame
   * @param position where the block stands in the journal
   * @param into emptied and filled
   */
  void parse(FrameBatch frames, long firstSequence, long position, EventBatch into);
}
