package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import mo.farol.event.Fields;

/** The name of a value of nested JSON: its keys joined by dots. */
final class JsonName {
  private static final byte[] FAROL = Ascii.bytes("farol.");
  private static final byte[] AGENCY = Ascii.bytes("agency");

  private final byte[] name;
  private int length;

  /**
   * @param longest bytes of a name, beyond which its value counts as overflow
   */
  JsonName(int longest) {
    name = new byte[longest];
  }

  int length() {
    return length;
  }

  /** Goes back to the name of an outer object. */
  void cut(int outer) {
    length = outer;
  }

  /** Adds a key; a name too long is marked by a length beyond the array. */
  void push(byte[] key, int from, int to) {
    int at = length == 0 ? 0 : length + 1;
    if (at + to - from > name.length) {
      length = name.length + 1;
      return;
    }
    if (at > 0) {
      name[length] = '.';
    }
    System.arraycopy(key, from, name, at, to - from);
    length = at + to - from;
  }

  /** The number of the name's field. */
  int field(EventDraft draft) {
    if (length == 0 || length > name.length) {
      return Fields.OVERFLOW;
    }
    return isReserved() ? ownName(draft) : draft.field(name, 0, length);
  }

  /** Whether a sender uses a name by which we say something ourselves. */
  private boolean isReserved() {
    return (name[0] == 'f' && Ascii.startsWith(name, 0, length, FAROL))
        || (name[0] == 'a' && Ascii.is(name, 0, length, AGENCY));
  }

  private int ownName(EventDraft draft) {
    byte[] own =
        ("json." + new String(name, 0, length, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    return draft.field(own, 0, own.length);
  }
}
