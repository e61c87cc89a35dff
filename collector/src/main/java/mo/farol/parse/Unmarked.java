package mo.farol.parse;

import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * A frame without priority and of no other format: an event where it begins with a time or {@code
 * tag[pid]:}, marked {@code farol.note: no priority}; elsewhere we say that we could not read it.
 * With the format {@code text} asked for, any text is an event.
 */
final class Unmarked implements Format {
  private final Rfc3164 bsd;
  private final Message message;
  private final Cef cef;

  Unmarked(Rfc3164 bsd, Message message, Cef cef) {
    this.cef = cef;
    this.bsd = bsd;
    this.message = message;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public boolean claims(byte[] bytes, int from, int to) {
    return true;
  }

  @Override
  public @Nullable String read(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (AccessLog.timeIn(b, from, to) > 0 || bindTime(draft, from, to)) {
      message.read(draft, from, to);
      return null;
    }
    int inner = bsd.hasTime(draft, from, to) ? -1 : cef.within(b, from, to);
    if (inner > 0) {
      message.read(draft, inner, to);
      return null;
    }
    if (bsd.hasTime(draft, from, to) || hasTag(b, from, to)) {
      return bsd.unmarked(draft, from, to);
    }
    return "no priority, no time and no format we know";
  }

  /** {@code 30-Jun-2018 15:50:00.999 queries: info: client …}, as BIND writes its own file. */
  private static boolean bindTime(Draft draft, int from, int to) {
    long at = draft.dates().bind(draft.bytes(), from, to);
    if (at != Micros.NONE) {
      draft.occurredAt(at);
    }
    return at != Micros.NONE;
  }

  private static boolean hasTag(byte[] b, int from, int to) {
    int end = Ascii.until(b, from, Math.min(to, from + 128), ' ');
    int length = end - from;
    boolean closes = length > 4 && b[end - 1] == ':' && b[end - 2] == ']';
    int open = closes ? Ascii.findLast(b, from, end, '[') : -1;
    return open > from && Ascii.skipDigits(b, open + 1, end) == end - 2 && open + 1 < end - 2;
  }
}
