package mo.farol.parse;

import java.util.Arrays;

/**
 * RFC 5424 section 6.3: {@code [id name="value"…]…} as fields {@code
 * log.syslog.structured_data.ID.NAME}. A space after {@code =} is let through.
 */
final class StructuredData {
  private static final int NO_ROOM = -1;
  private static final int ELEMENTS = 128;
  private static final int NAME = 32;
  private static final byte[] PREFIX = Ascii.bytes("log.syslog.structured_data.");

  private final byte[] name = Arrays.copyOf(PREFIX, PREFIX.length + 2 * NAME + 1);
  private final int[] ids = new int[2 * ELEMENTS];
  private byte[] plain = new byte[1024];
  private String why = "";

  /** Why {@link #read} said -1. */
  String why() {
    return "RFC 5424: " + why;
  }

  /** Index after the structured data, or -1. */
  int read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from < to && b[from] == '-') {
      return from + 1;
    }
    if (from >= to || b[from] != '[') {
      return fail("structured data, or -, must follow the message id");
    }
    int p = from;
    for (int count = 0; p >= 0 && p < to && b[p] == '['; count++) {
      if (count == ELEMENTS) {
        return fail("more than 128 structured data elements");
      }
      p = element(draft, p + 1, to, count);
    }
    return p;
  }

  /**
   * Takes over structured data before the text of a frame that is not RFC 5424, where it is whole
   * and holds a value; gives the index at which the text begins.
   */
  int readPlain(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from + 4 > to || b[from] != '[' || !Ascii.isLetter(b[from + 1])) {
      return from;
    }
    int before = draft.into().filled();
    int end = read(draft, from, to);
    if (end > 0 && end < to && b[end] == ' ' && draft.into().filled() > before) {
      return Ascii.skipSpaces(b, end, to);
    }
    draft.into().undoTo(before);
    return from;
  }

  private int element(EventDraft draft, int from, int to, int count) {
    byte[] b = draft.bytes();
    int end = nameEnd(b, from, to);
    if (end < 0 || end == to) {
      return fail("a structured data id is 1 to 32 visible characters without = ] \"");
    }
    if (isKnown(b, from, end, count)) {
      return fail("a structured data id occurs twice");
    }
    ids[2 * count] = from;
    ids[2 * count + 1] = end;
    System.arraycopy(b, from, name, PREFIX.length, end - from);
    int prefix = PREFIX.length + end - from;
    name[prefix++] = '.';
    int p = end;
    while (p >= 0 && p < to && b[p] == ' ') {
      p = parameter(draft, p + 1, to, prefix);
    }
    if (p < 0) {
      return p;
    }
    return p < to && b[p] == ']' ? p + 1 : fail("a structured data element does not end with ]");
  }

  private int parameter(EventDraft draft, int from, int to, int prefix) {
    byte[] b = draft.bytes();
    int end = nameEnd(b, from, to);
    if (end < 0 || end == to || b[end] != '=') {
      return fail("a structured data parameter is not name=\"value\"");
    }
    int open = Ascii.skipSpaces(b, end + 1, to);
    if (open == to || b[open] != '"') {
      return fail("a structured data value is not in quotes");
    }
    System.arraycopy(b, from, name, prefix, end - from);
    int field = draft.hasRoom() ? draft.field(name, 0, prefix + end - from) : NO_ROOM;
    return value(draft, field, open + 1, to);
  }

  private int value(EventDraft draft, int field, int from, int to) {
    byte[] b = draft.bytes();
    for (int p = from; p < to; p++) {
      switch (b[p]) {
        case '"' -> {
          if (field != NO_ROOM) {
            draft.into().add(field, from, p);
          }
          return p + 1;
        }
        case '\\' -> {
          return escaped(draft, field, from, to);
        }
        case ']' -> {
          return fail("a ] in a structured data value is not escaped");
        }
        default -> {}
      }
    }
    return fail("a structured data value does not end");
  }

  private int escaped(EventDraft draft, int field, int from, int to) {
    byte[] b = draft.bytes();
    if (plain.length < to - from) {
      plain = new byte[to - from];
    }
    int length = 0;
    for (int p = from; p < to; p++) {
      if (b[p] == '"') {
        if (field != NO_ROOM) {
          draft.into().addCopy(field, plain, 0, length);
        }
        return p + 1;
      }
      if (b[p] == ']') {
        return fail("a ] in a structured data value is not escaped");
      }
      boolean escapes = b[p] == '\\' && p + 1 < to && isEscapable(b[p + 1]);
      p = escapes ? p + 1 : p;
      plain[length++] = b[p];
    }
    return fail("a structured data value does not end");
  }

  private static boolean isEscapable(byte b) {
    return b == '"' || b == '\\' || b == ']';
  }

  /** End of a name of 1 to 32 characters, or -1. */
  private static int nameEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && Ascii.isGraphic(b[p]) && b[p] != '=' && b[p] != ']' && b[p] != '"') {
      p++;
    }
    return p > from && p - from <= NAME ? p : -1;
  }

  private boolean isKnown(byte[] b, int from, int end, int count) {
    for (int i = 0; i < count; i++) {
      if (Arrays.equals(b, ids[2 * i], ids[2 * i + 1], b, from, end)) {
        return true;
      }
    }
    return false;
  }

  private int fail(String reason) {
    why = reason;
    return -1;
  }
}
