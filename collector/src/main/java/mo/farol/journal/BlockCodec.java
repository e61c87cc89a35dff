package mo.farol.journal;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/**
 * One block as bytes. Layout, big-endian:
 *
 * <pre>
 * prefix   magic "FRB1" (4) | length of payload (4) | CRC-32C of payload (4)
 * payload  first sequence (8) | received, microseconds (8) | frames (4) | raw body bytes (4) | flags (1) | origin | body
 * origin   length (2), then six texts, each length (2) and UTF-8: agency, input, peer, lane, format, zone; exercise (1), year (4)
 * body     frame lengths as varints, one byte of marks a frame, the frames end to end; zstd where flag 1 is set
 * </pre>
 */
final class BlockCodec {
  /** Bytes before the payload. */
  static final int PREFIX = 12;

  /** Longest payload believed; anything above is damage. */
  static final int PAYLOAD_LIMIT = 64 << 20;

  static final int MAGIC = 0x46524231;
  private static final int FIXED = 25;
  private static final byte ZSTD = 1;
  private static final int WORTH_PACKING = 512;

  private byte[] raw = new byte[1 << 16];
  private byte[] packed = new byte[1 << 16];

  /** Appends a block to a buffer that has room for {@link #roomFor}. */
  void encode(FrameBatch batch, long firstSequence, ByteBuffer out) {
    int rawLength = writeBody(batch);
    byte[] body = raw;
    int length = rawLength;
    byte flags = 0;
    if (rawLength > WORTH_PACKING) {
      int packedLength = pack(rawLength);
      if (packedLength < rawLength) {
        body = packed;
        length = packedLength;
        flags = ZSTD;
      }
    }
    int start = out.position();
    out.position(start + PREFIX);
    out.putLong(firstSequence).putLong(batch.receivedAtMicros());
    out.putInt(batch.count()).putInt(rawLength).put(flags);
    writeOrigin(batch.origin(), out);
    out.put(body, 0, length);
    int payload = out.position() - start - PREFIX;
    out.putInt(start, MAGIC).putInt(start + 4, payload);
    out.putInt(start + 8, crc(out.slice(start + PREFIX, payload)));
  }

  /** Most bytes a block of this batch can take. */
  static int roomFor(FrameBatch batch) {
    return PREFIX + FIXED + 2 + originBytes(batch.origin()) + batch.size() + 6 * batch.count();
  }

  /** Reads a payload whose CRC was checked. */
  EventLog.Block decode(ByteBuffer payload, long position) {
    long firstSequence = payload.getLong();
    long received = payload.getLong();
    int count = payload.getInt();
    int rawLength = payload.getInt();
    byte flags = payload.get();
    Origin origin = readOrigin(payload);
    byte[] body = new byte[payload.remaining()];
    payload.get(body);
    if (flags == ZSTD) {
      byte[] unpacked = new byte[rawLength];
      long n = Zstd.decompress(unpacked, body);
      if (Zstd.isError(n) || n != rawLength) {
        throw new IllegalStateException("a block with a good CRC does not unpack: " + n);
      }
      body = unpacked;
    }
    return new EventLog.Block(firstSequence, position, frames(origin, received, count, body));
  }

  /** Whether the payload is what was written. */
  static boolean isGood(ByteBuffer payload, int crc) {
    return crc(payload.slice()) == crc;
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private int writeBody(FrameBatch batch) {
    int needed = batch.size() + 6 * batch.count();
    if (raw.length < needed) {
      raw = new byte[needed];
    }
    int at = 0;
    for (int i = 0; i < batch.count(); i++) {
      int length = batch.end(i) - batch.start(i);
      while (length > 0x7f) {
        raw[at++] = (byte) (length | 0x80);
        length >>>= 7;
      }
      raw[at++] = (byte) length;
    }
    for (int i = 0; i < batch.count(); i++) {
      raw[at++] = batch.marks(i);
    }
    System.arraycopy(batch.bytes(), batch.count() == 0 ? 0 : batch.start(0), raw, at, batch.size());
    return at + batch.size();
  }

  private int pack(int rawLength) {
    int bound = (int) Zstd.compressBound(rawLength);
    if (packed.length < bound) {
      packed = new byte[bound];
    }
    long n = Zstd.compressByteArray(packed, 0, packed.length, raw, 0, rawLength, 1);
    return Zstd.isError(n) ? Integer.MAX_VALUE : (int) n;
  }

  private static FrameBatch frames(Origin origin, long received, int count, byte[] body) {
    int[] bounds = new int[count + 1];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = 0;
      int shift = 0;
      byte b;
      do {
        b = body[at++];
        length |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      bounds[i + 1] = bounds[i] + length;
    }
    byte[] marks = new byte[count];
    System.arraycopy(body, at, marks, 0, count);
    at += count;
    byte[] bytes = new byte[body.length - at];
    System.arraycopy(body, at, bytes, 0, bytes.length);
    return FrameBatch.of(origin, received, bytes, bounds, marks);
  }

  private static int originBytes(Origin o) {
    return 17
        + 3
            * (o.agency().length()
                + o.input().length()
                + o.peer().length()
                + o.lane().length()
                + o.format().length()
                + o.zone().length());
  }

  private static void writeOrigin(Origin o, ByteBuffer out) {
    int start = out.position();
    out.putShort((short) 0);
    for (String text :
        new String[] {o.agency(), o.input(), o.peer(), o.lane(), o.format(), o.zone()}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.putShort((short) utf8.length).put(utf8);
    }
    out.put((byte) (o.exercise() ? 1 : 0)).putInt(o.year());
    out.putShort(start, (short) (out.position() - start - 2));
  }

  private static Origin readOrigin(ByteBuffer in) {
    in.getShort();
    String agency = text(in);
    String input = text(in);
    String peer = text(in);
    String lane = text(in);
    String format = text(in);
    String zone = text(in);
    boolean exercise = in.get() == 1;
    return new Origin(agency, input, peer, lane, exercise, format, in.getInt(), zone);
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[in.getShort() & 0xffff];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
