package mo.farol.parse;

import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A frame without priority and of no other format: an event where it begins with a time or {@code
 * tag[pid]:}, marked {@code farol.note: no priority}; elsewhere we say that we could not read it.
 * With the format {@code text} asked for, any text is an event.
 */
final class Unmarked implements Format {
  private static final byte[] SOURCEFIRE = Ascii.bytes("SFIMS: [");

  private final Rfc3164 bsd;
  private final Refiner web = new AccessLog();
  private final Refiner named = new Named();
  private final Message message;

  Unmarked(Rfc3164 bsd, Message message) {
    this.bsd = bsd;
    this.message = message;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return true;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (AccessLog.timeIn(b, from, to) > 0 || WebErrors.begins(draft, from, to)) {
      draft.add(Fields.MESSAGE, from, to);
      web.refine(draft, from, to);
      return null;
    }
    if (Named.begins(draft, from, to)) {
      draft.add(Fields.MESSAGE, from, to);
      named.refine(draft, from, to);
      return null;
    }
    if (b[from] == '%' && isCisco(b, from, to)) {
      message.read(draft, from, to);
      return null;
    }
    int inner = bsd.hasTime(draft, from, to) ? -1 : Embedded.start(b, from, to);
    if (inner > 0) {
      message.read(draft, inner, to);
      return null;
    }
    boolean tagged = hasTag(b, from, to) || Ascii.startsWith(b, from, to, SOURCEFIRE);
    if (tagged || bsd.hasTime(draft, from, to)) {
      return bsd.unmarked(draft, from, to);
    }
    return "no priority, no time and no format we know";
  }

  /** {@code %ASA-6-302014: }, {@code %ASA-session-6-302014: }: words, a level, a code. */
  private static boolean isCisco(byte[] b, int from, int to) {
    int colon = Ascii.until(b, from, Math.min(to, from + 64), ':');
    for (int p = from + 2; p + 3 < colon; p++) {
      if (b[p] == '-' && Ascii.isDigit(b[p + 1]) && b[p + 2] == '-') {
        return colon < to && b[colon] == ':';
      }
    }
    return false;
  }

  private static boolean hasTag(byte[] b, int from, int to) {
    int end = Ascii.until(b, from, Math.min(to, from + 128), ' ');
    int length = end - from;
    boolean closes = length > 4 && b[end - 1] == ':' && b[end - 2] == ']';
    int open = closes ? Ascii.findLast(b, from, end, '[') : -1;
    return open > from && Ascii.skipDigits(b, open + 1, end) == end - 2 && open + 1 < end - 2;
  }
}
