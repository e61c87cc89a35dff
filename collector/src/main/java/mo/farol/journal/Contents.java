package mo.farol.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;

/** What blocks hold, in a few numbers, so that two files can be compared. For one thread. */
final class Contents {
  private final CRC32C sum = new CRC32C();
  private final ByteBuffer numbers = ByteBuffer.allocate(32);
  private long blocks;
  private long frames;

  void add(EventLog.Block block) {
    var batch = block.frames();
    blocks++;
    frames += batch.count();
    numbers.clear().putLong(block.firstSequence()).putLong(batch.receivedAtMicros());
    numbers.putInt(batch.count()).putInt(batch.origin().hashCode()).putLong(batch.size());
    sum.update(numbers.flip());
    var salt = ByteBuffer.allocate(block.salt().length());
    block.salt().write(salt);
    sum.update(salt.flip());
    addFrames(batch);
  }

  private void addFrames(FrameBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      numbers.clear().putInt(batch.keptEnd(i) - batch.start(i)).put(batch.marks(i));
      sum.update(numbers.flip());
    }
    sum.update(batch.bytes(), batch.start(0), batch.size());
  }

  /** Whether both hold the same, as far as a sum can tell. */
  boolean isAs(Contents other) {
    return blocks == other.blocks
        && frames == other.frames
        && sum.getValue() == other.sum.getValue();
  }
}
