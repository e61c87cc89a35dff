package mo.farol.parse;

import java.util.Arrays;
import mo.farol.event.Fields;

/** Adds values under a prefix and the sender's own key, with escapes undone where there are any. */
final class VendorFields {
  private static final int LONGEST_KEY = 128;

  private final Escaped escaped = new Escaped();
  private final byte[] name;
  private final int prefix;

  VendorFields(String prefix) {
    byte[] start = Ascii.bytes(prefix);
    this.prefix = start.length;
    name = Arrays.copyOf(start, start.length + LONGEST_KEY);
  }

  /**
   * Adds {@code key = value}; a key too long becomes {@code farol.overflow}.
   *
   * @param escapable one of the sets of {@link Escaped}
   */
  void add(EventDraft draft, int keyFrom, int keyTo, int from, int to, byte[] escapable) {
    if (!draft.hasRoom()) {
      return;
    }
    int length = keyTo - keyFrom;
    int field = Fields.OVERFLOW;
    if (length > 0 && length <= LONGEST_KEY) {
      System.arraycopy(draft.bytes(), keyFrom, name, prefix, length);
      field = draft.field(name, 0, prefix + length);
    }
    value(draft, field, from, to, escapable);
  }

  /** Adds {@code key = value} where a space in the key becomes {@code _}. */
  void addSpaced(EventDraft draft, int keyFrom, int keyTo, int from, int to, byte[] escapable) {
    int length = keyTo - keyFrom;
    if (length <= 0 || length > LONGEST_KEY || !draft.hasRoom()) {
      return;
    }
    for (int i = 0; i < length; i++) {
      byte c = draft.bytes()[keyFrom + i];
      name[prefix + i] = c == ' ' ? (byte) '_' : c;
    }
    value(draft, draft.field(name, 0, prefix + length), from, to, escapable);
  }

  /** Adds a value, without the quotes around it where it has some. */
  void value(EventDraft draft, int field, int from, int to, byte[] escapable) {
    byte[] b = draft.bytes();
    boolean quoted = to - from >= 2 && b[from] == '"' && b[to - 1] == '"' && b[to - 2] != '\\';
    int start = quoted ? from + 1 : from;
    int end = quoted ? to - 1 : to;
    if (escapable.length == 0 || Ascii.find(b, start, end, '\\') < 0) {
      draft.into().add(field, start, end);
      return;
    }
    escaped.take(b, start, end, escapable);
    draft.into().addCopy(field, escaped.bytes(), 0, escaped.length());
  }
}
