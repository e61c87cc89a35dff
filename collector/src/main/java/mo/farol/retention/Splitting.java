package mo.farol.retention;

import java.util.ArrayList;
import java.util.List;
import mo.farol.event.Runs;
import mo.farol.journal.EventLog;
import mo.farol.journal.Remains;
import mo.farol.journal.Salt;
import mo.farol.seal.Leaves;

/**
 * What is left of a block once some of its frames are gone. The frames that stay get the salts they
 * had as their own, for the block's salt tells those of all its frames. For one thread.
 */
final class Splitting implements Remains {
  // So that their salts add little to a block.
  private static final int MOST = 4_096;

  private final Runs gone;
  private final Leaves leaves = new Leaves();

  Splitting(Runs gone) {
    this.gone = gone;
  }

  @Override
  public List<EventLog.Block> of(EventLog.Block block) {
    var left = new ArrayList<EventLog.Block>();
    int count = block.frames().count();
    for (int from = 0; from < count; from++) {
      int to = from;
      while (to < count && to - from < MOST && !gone.contains(block.firstSequence() + to)) {
        to++;
      }
      if (to - from == count) {
        return List.of(block);
      }
      if (to > from) {
        left.add(part(block, from, to));
        from = to - 1;
      }
    }
    return isWhole(left, block) ? List.of(block) : left;
  }

  // Only because it is long was it cut.
  private static boolean isWhole(List<EventLog.Block> left, EventLog.Block block) {
    return left.stream().mapToInt(part -> part.frames().count()).sum() == block.frames().count();
  }

  private EventLog.Block part(EventLog.Block block, int from, int to) {
    byte[] salts = new byte[(to - from) * Salt.OfFrames.LENGTH];
    for (int i = from; i < to; i++) {
      leaves.salt(block, i).into(salts, (i - from) * Salt.OfFrames.LENGTH);
    }
    return new EventLog.Block(
        block.firstSequence() + from,
        block.position(),
        block.frames().slice(from, to - from),
        new Salt.OfFrames(salts));
  }
}
