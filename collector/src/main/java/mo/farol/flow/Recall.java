package mo.farol.flow;

import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.journal.EventLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.search.EventReader;

/**
 * The way back: from a sequence to the frame in the journal, read anew by the parser. Any thread
 * may ask.
 */
public final class Recall implements EventReader {
  private final EventLog journal;
  private final ThreadLocal<Parser> parser =
      ThreadLocal.withInitial(() -> new Parser(ParseConfig.defaults()));

  public Recall(EventLog journal) {
    this.journal = journal;
  }

  @Override
  public Optional<Recalled> recall(long sequence, long position) {
    return block(sequence, position).map(block -> read(block, sequence));
  }

  private Optional<EventLog.Block> block(long sequence, long position) {
    if (position >= 0) {
      var block = journal.at(position);
      if (block.isPresent()
          && sequence >= block.get().firstSequence()
          && sequence < block.get().nextSequence()) {
        return block;
      }
    }
    return journal.holding(sequence);
  }

  private Recalled read(EventLog.Block block, long sequence) {
    int i = (int) (sequence - block.firstSequence());
    var frames = block.frames();
    var one = one(frames, i);
    var events = new EventBatch();
    parser.get().parse(one, sequence, block.position(), events);
    return new Recalled(events.event(0), frames.frame(i, block.firstSequence()));
  }

  private static FrameBatch one(FrameBatch frames, int i) {
    return FrameBatch.of(
        frames.origin(),
        frames.receivedAtMicros(),
        frames.bytes(),
        new int[] {frames.start(i), frames.end(i)},
        new byte[] {frames.marks(i)});
  }
}
