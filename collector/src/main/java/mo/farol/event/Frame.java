package mo.farol.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Bytes as one sender delivered them, read back for a person.
 *
 * @param id journal sequence
 * @param origin where it came from
 * @param receivedAt when it arrived
 * @param bytes read-only, without the delimiter or octet count that framed it
 */
public record Frame(EventId id, Origin origin, Instant receivedAt, ByteBuffer bytes) {
  public Frame {
    bytes = bytes.asReadOnlyBuffer();
  }

  /** The bytes as UTF-8, broken sequences shown as U+FFFD. */
  public String text() {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
