package mo.farol.journal;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;

/**
 * Batches to bytes. A block, big-endian:
 *
 * <pre>
 * prefix   tag (8) | length of payload (4) | CRC-32C of tag, length and payload (4)
 * payload  first sequence (8) | received, microseconds (8) | frames (4) | raw body bytes (4) | flags (1) | joined (4) | salt (16) | origin | body
 * body     frame lengths as varints, one byte of marks a frame, the frames end to end; zstd where flag 1 is set
 * </pre>
 *
 * Flag 2 says that there is a salt, flag 4 that it is one of 32 bytes for each frame. With flag 8
 * the payload is a group ({@link Group}): its frames are the sequences it spans, and in the place
 * of salt, origin and body are whole payloads, each behind its length (4), zstd where flag 1 is
 * set. Flag 16 says that the block was forced together with those before it, and that {@code
 * joined} is there: how many frames these have. After a stop it tells which blocks may never have
 * been answered.
 *
 * <p>The tag is a random number of the segment. A sender may put into a frame what looks like a
 * block; it can't know the tag, so that recovery never takes a frame's text for one.
 */
final class BlockCodec implements AutoCloseable {
  /** Bytes before the payload. */
  static final int PREFIX = 16;

  /** Bytes of the payload before the origin. */
  static final int FIXED = 25;

  /** Longest body before packing, in bytes. */
  static final int RAW_LIMIT = 64 << 20;

  /** Longest payload believed; anything above is damage. */
  static final int PAYLOAD_LIMIT = RAW_LIMIT + (1 << 20);

  static final byte ZSTD = 1;
  static final byte SALTED = 2;
  static final byte FRAMES_SALTED = 4;
  static final byte GROUP = 8;
  static final byte JOINED = 16;

  private static final int JOINED_LENGTH = 4;

  /** Bytes of frames in a block, half as many more in the last one of those that came together. */
  static final int PIECE = 64 << 10;

  private static final int WORTH_PACKING = 512;
  private static final int VARINT = 5;

  private final Salt.Source salts = new Salt.Source();
  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1);
  private byte[] raw = new byte[1 << 16];
  private byte[] packed = new byte[1 << 16];

  /** Most bytes a block of this batch can take; may be more than fits. */
  static long roomFor(FrameBatch batch) {
    return PREFIX + JOINED_LENGTH + roomFor(batch, Salt.none());
  }

  /** Most bytes the payload of a block can take. */
  static long roomFor(FrameBatch batch, Salt salt) {
    return FIXED + salt.length() + (long) OriginCodec.roomFor(batch.origin()) + rawRoom(batch);
  }

  /** Whether a batch can be one block. */
  static boolean fits(FrameBatch batch) {
    return rawRoom(batch) <= RAW_LIMIT && OriginCodec.fits(batch.origin());
  }

  private static long rawRoom(FrameBatch batch) {
    return batch.size() + (VARINT + 1L) * batch.count();
  }

  /**
   * Appends a block to a buffer that has {@link #roomFor} it; gives the salt it got.
   *
   * @param joined how many frames of blocks before it are forced together with it
   */
  Salt encode(FrameBatch batch, long firstSequence, int joined, long tag, ByteBuffer out) {
    var salt = salts.next();
    encode(batch, firstSequence, joined, salt, tag, out);
    return salt;
  }

  /** The same with a salt that is there already, of a block for itself. */
  void encode(FrameBatch batch, long firstSequence, Salt salt, long tag, ByteBuffer out) {
    encode(batch, firstSequence, 0, salt, tag, out);
  }

  private void encode(
      FrameBatch batch, long firstSequence, int joined, Salt salt, long tag, ByteBuffer out) {
    int start = out.position();
    out.position(start + PREFIX);
    int rawLength = writeBody(batch);
    int packedLength = pack(rawLength);
    boolean isPacked = packedLength < rawLength;
    writeHead(batch, firstSequence, joined, salt, rawLength, isPacked, out);
    out.put(isPacked ? packed : raw, 0, isPacked ? packedLength : rawLength);
    close(start, tag, out);
  }

  /**
   * The frames of a batch from {@code from} on, at least one, that are to be a block: of about
   * {@link #PIECE} bytes, or all that are left where those are no more than half as much again.
   */
  static FrameBatch piece(FrameBatch batch, int from) {
    int begin = batch.start(from);
    int to = batch.count();
    if (batch.keptEnd(to - 1) - begin > PIECE + PIECE / 2) {
      to = from + 1;
      while (to < batch.count() && batch.keptEnd(to) - begin <= PIECE) {
        to++;
      }
    }
    return batch.slice(from, to - from);
  }

  /** Appends a payload as it stands in a group, to a buffer that has {@link #roomFor} it. */
  void encodeUnpacked(EventLog.Block block, ByteBuffer out) {
    int rawLength = writeBody(block.frames());
    writeHead(block.frames(), block.firstSequence(), 0, block.salt(), rawLength, false, out);
    out.put(raw, 0, rawLength);
  }

  private static void writeHead(
      FrameBatch batch,
      long firstSequence,
      int joined,
      Salt salt,
      int rawLength,
      boolean isPacked,
      ByteBuffer out) {
    int salted = salt instanceof Salt.OfFrames ? FRAMES_SALTED : SALTED;
    int flags = salted | (isPacked ? ZSTD : 0) | (joined > 0 ? JOINED : 0);
    out.putLong(firstSequence).putLong(batch.receivedAtMicros());
    out.putInt(batch.count()).putInt(rawLength).put((byte) flags);
    if (joined > 0) {
      out.putInt(joined);
    }
    salt.write(out);
    OriginCodec.write(batch.origin(), out);
  }

  /** Puts the prefix before a payload that ends where the buffer stands. */
  static void close(int start, long tag, ByteBuffer out) {
    int payload = out.position() - start - PREFIX;
    out.putLong(start, tag).putInt(start + 8, payload);
    var crc = new CRC32C();
    crc.update(out.slice(start, 12));
    crc.update(out.slice(start + PREFIX, payload));
    out.putInt(start + 12, (int) crc.getValue());
  }

  @Override
  public void close() {
    zstd.close();
  }

  private int writeBody(FrameBatch batch) {
    if (raw.length < rawRoom(batch)) {
      raw = new byte[(int) rawRoom(batch)];
    }
    int at = 0;
    for (int i = 0; i < batch.count(); i++) {
      int length = batch.keptEnd(i) - batch.start(i);
      while (length > 0x7f) {
        raw[at++] = (byte) (length | 0x80);
        length >>>= 7;
      }
      raw[at++] = (byte) length;
    }
    for (int i = 0; i < batch.count(); i++) {
      raw[at++] = batch.marks(i);
    }
    System.arraycopy(batch.bytes(), batch.start(0), raw, at, batch.size());
    return at + batch.size();
  }

  /** Most bytes that zstd makes of some. */
  static int packedRoom(int rawLength) {
    return rawLength + (rawLength >>> 7) + 512;
  }

  private int pack(int rawLength) {
    if (rawLength <= WORTH_PACKING) {
      return Integer.MAX_VALUE;
    }
    int bound = packedRoom(rawLength);
    if (packed.length < bound) {
      packed = new byte[bound];
    }
    return zstd.compressByteArray(packed, 0, packed.length, raw, 0, rawLength);
  }
}
