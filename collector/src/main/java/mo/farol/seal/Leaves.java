package mo.farol.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.Salt;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the tree for each sequence. For one thread; no garbage for a frame.
 *
 * <pre>
 * salt        SHA-256(salt of the block (16) | sequence (8)), kept by itself once the block lost frames
 * commitment  SHA-256(salt (32) | received, microseconds (8) | marks (1) | length of origin (2) | origin | frame)
 * leaf input  1 | sequence (8) | commitment (32)       a frame
 *             0 | sequence (8)                         no frame was kept under this sequence
 * origin      agency, input, peer, lane, format, zone, each a length (2) and UTF-8; exercise (1); year (4)
 * </pre>
 *
 * Numbers are big-endian; lengths are bytes, of a text 3,072 at most. Who holds one frame and its
 * salt can check it and learns nothing about the others; once block and salt are gone the leaf's
 * hash tells nobody what the frame was.
 */
public final class Leaves {
  private static final byte GAP = 0;
  private static final byte FRAME = 1;
  private static final int HEAD = Hash.LENGTH + 8 + 1 + 2;
  private static final int MARKS = Hash.LENGTH + 8;

  // What 1,024 characters take at most, the longest text that the journal keeps: no length wraps.
  private static final int LONGEST_TEXT = 3 * 1024;

  private final Sha sha = new Sha();
  private final byte[] input = new byte[1 + 8 + Hash.LENGTH];
  private final ByteBuffer inputs = ByteBuffer.wrap(input);
  private final byte[] seed = new byte[Salt.OfBlock.LENGTH + 8];
  private final ByteBuffer seeds = ByteBuffer.wrap(seed);
  private byte[] head = new byte[256];
  private int headLength;
  private Salt.@Nullable OfFrames own;

  /** Hash of frame {@code i} of a block, as a thing. */
  public Hash of(EventLog.Block block, int i) {
    byte[] out = new byte[Hash.LENGTH];
    open(block);
    hash(block, i, block.firstSequence() + i, out, 0);
    return Hash.of(out, 0);
  }

  /** Hash of frame {@code i} of a block as if it stood at a place. */
  public Hash of(EventLog.Block block, int i, long sequence) {
    byte[] out = new byte[Hash.LENGTH];
    open(block);
    hash(block, i, sequence, out, 0);
    return Hash.of(out, 0);
  }

  /** Salt of frame {@code i} of a block, to be given away with the frame. */
  public Hash salt(EventLog.Block block, int i) {
    open(block);
    salt(i, block.firstSequence() + i);
    return Hash.of(head, 0);
  }

  /**
   * Hash of a frame whose salt was given away with it.
   *
   * @throws IllegalArgumentException where a text of its origin is longer than any that was kept
   */
  public Hash of(long sequence, Hash salt, FrameBatch frame) {
    byte[] out = new byte[Hash.LENGTH];
    open(frame.origin(), frame.receivedAtMicros());
    salt.into(head, 0);
    commit(frame, 0, sequence, out, 0);
    return Hash.of(out, 0);
  }

  /** Hash of a sequence under which no frame was kept. */
  public Hash gap(long sequence) {
    byte[] out = new byte[Hash.LENGTH];
    gap(sequence, out, 0);
    return Hash.of(out, 0);
  }

  /** Before {@link #hash}: what all frames of a block share. */
  void open(EventLog.Block block) {
    open(block.frames().origin(), block.frames().receivedAtMicros());
    switch (block.salt()) {
      case Salt.OfBlock(long high, long low) -> {
        own = null;
        seeds.putLong(0, high).putLong(8, low);
      }
      case Salt.OfFrames each -> own = each;
    }
  }

  /** Hash of frame {@code i} of the block that is open, as if it stood at {@code sequence}. */
  void hash(EventLog.Block block, int i, long sequence, byte[] out, int at) {
    salt(i, sequence);
    commit(block.frames(), i, sequence, out, at);
  }

  void gap(long sequence, byte[] out, int at) {
    input[0] = GAP;
    inputs.putLong(1, sequence);
    sha.leaf(input, 9, out, at);
  }

  private void salt(int i, long sequence) {
    var each = own;
    if (each != null) {
      each.copy(i, head, 0);
      return;
    }
    seeds.putLong(Salt.OfBlock.LENGTH, sequence);
    sha.update(seed, 0, seed.length);
    sha.end(head, 0);
  }

  private void commit(FrameBatch frames, int i, long sequence, byte[] out, int at) {
    head[MARKS] = frames.marks(i);
    sha.update(head, 0, headLength);
    sha.update(frames.bytes(), frames.start(i), frames.keptEnd(i) - frames.start(i));
    input[0] = FRAME;
    inputs.putLong(1, sequence);
    sha.end(input, 9);
    sha.leaf(input, input.length, out, at);
  }

  private void open(Origin origin, long receivedAtMicros) {
    byte[][] texts = {
      utf8(origin.agency()),
      utf8(origin.input()),
      utf8(origin.peer()),
      utf8(origin.lane()),
      utf8(origin.format()),
      utf8(origin.zone())
    };
    int length = 1 + 4;
    for (byte[] text : texts) {
      length += 2 + text.length;
    }
    headLength = HEAD + length;
    if (head.length < headLength) {
      head = new byte[headLength];
    }
    var out = ByteBuffer.wrap(head).position(Hash.LENGTH);
    out.putLong(receivedAtMicros).put((byte) 0).putShort((short) length);
    for (byte[] text : texts) {
      out.putShort((short) text.length).put(text);
    }
    out.put((byte) (origin.exercise() ? 1 : 0)).putInt(origin.year());
  }

  private static byte[] utf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a text of an origin takes %d bytes, more than %d".formatted(utf8.length, LONGEST_TEXT));
    }
    return utf8;
  }
}
