package mo.farol.search;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import mo.farol.event.Micros;
import mo.farol.store.Row;

/** Where a page ended, as text to hand back. It holds no right: the scope is asked for again. */
final class Cursor {
  private static final int BYTES = 16;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Cursor() {}

  static String write(Row last) {
    var bytes =
        ByteBuffer.allocate(BYTES).putLong(last.occurredAtMicros()).putLong(last.sequence());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static Row read(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == BYTES) {
        return new Row(bytes.getLong(), bytes.getLong(), -1);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new QueryFault(1, "the cursor is damaged; start again without one");
  }

  /** Microseconds of an instant that may lie far beyond any event. */
  static long micros(Instant instant) {
    return Micros.of(instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant);
  }
}
