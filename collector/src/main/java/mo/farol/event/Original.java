package mo.farol.event;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a frame was before it was cut, noted behind the bytes that are kept of it: so the note is
 * sealed with them.
 *
 * @param length bytes of the whole frame, as its framing delimits it
 * @param sha256 hash of these bytes, in lower case hexadecimal digits (FIPS 180-4)
 */
public record Original(long length, String sha256) {
  /** Bytes of a note: the length, big-endian, and the hash. */
  public static final int NOTE_BYTES = Long.BYTES + 32;

  /** Writes a note of {@link #NOTE_BYTES}. */
  public static void write(long length, byte[] sha256, byte[] into, int at) {
    ByteBuffer.wrap(into, at, NOTE_BYTES).putLong(length).put(sha256);
  }

  static Original read(byte[] bytes, int at) {
    int hash = at + Long.BYTES;
    return new Original(
        ByteBuffer.wrap(bytes, at, Long.BYTES).getLong(),
        HexFormat.of().formatHex(bytes, hash, at + NOTE_BYTES));
  }
}
