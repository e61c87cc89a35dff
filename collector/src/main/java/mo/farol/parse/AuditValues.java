package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import java.util.Arrays;
import mo.farol.event.Fields;

/**
 * Values of audit records: quotes taken off, hexadecimal undone where the kernel uses it (a value
 * that holds spaces, quotes or control characters is written in hexadecimal without quotes), socket
 * addresses read.
 */
final class AuditValues {
  private static final int LONGEST_KEY = 64;
  private static final byte[] EXECVE = bytes("EXECVE");
  private static final byte[][] ENCODED = {
    bytes("comm"), bytes("exe"), bytes("name"), bytes("cwd"), bytes("proctitle"), bytes("key"),
    bytes("acct"), bytes("cmd"), bytes("data"), bytes("path"), bytes("dir"), bytes("old"),
    bytes("new"), bytes("watch"), bytes("ocomm"), bytes("vm")
  };
  private static final byte[] SADDR = bytes("saddr");
  private static final byte[] HOSTNAME = bytes("hostname");
  private static final byte[] AGENCY = bytes("agency");
  private static final byte[] NULL = bytes("(null)");
  private static final byte[] PREFIX = bytes("auditd.");
  private static final int REMOTE = Fields.id("auditd.hostname");

  private byte[] plain = new byte[1024];
  private final byte[] name = new byte[PREFIX.length + LONGEST_KEY];

  boolean isExecve(byte[] b, int from, int to) {
    return Ascii.is(b, from, to, EXECVE);
  }

  /**
   * Adds {@code key = value}; the {@code ?} and {@code (null)} of an unknown value are left out.
   */
  void add(EventDraft draft, int keyFrom, int keyTo, int from, int to, boolean isExecve) {
    byte[] b = draft.bytes();
    boolean isQuoted = to - from >= 2 && b[from] == '"' && b[to - 1] == '"';
    int start = isQuoted ? from + 1 : from;
    int end = isQuoted ? to - 1 : to;
    boolean isUnknown = (end - start == 1 && b[start] == '?') || Ascii.is(b, start, end, NULL);
    if (keyTo - keyFrom < 1 || keyTo - keyFrom > LONGEST_KEY || isUnknown) {
      return;
    }
    if (Ascii.is(b, keyFrom, keyTo, HOSTNAME)) {
      draft.add(REMOTE, start, end);
      return;
    }
    int field = field(draft, keyFrom, keyTo);
    boolean isArgument = isExecve && b[keyFrom] == 'a' && Ascii.isDigit(b[keyTo - 1]);
    boolean mayBeHex = !isQuoted && (isArgument || isEncoded(b, keyFrom, keyTo));
    int length = mayBeHex ? decode(b, start, end) : -1;
    if (length > 0) {
      draft.into().addCopy(field, plain, 0, length);
    } else {
      draft.add(field, start, end);
    }
    if (!isQuoted && Ascii.is(b, keyFrom, keyTo, SADDR)) {
      socket(draft, start, end);
    }
  }

  /** The record's own names are kept, but for those with a point and the one that is ours. */
  private int field(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    boolean isOurs = Ascii.find(b, from, to, '.') >= 0 || Ascii.is(b, from, to, AGENCY);
    return isOurs ? prefixed(draft, from, to) : draft.field(b, from, to);
  }

  private int prefixed(EventDraft draft, int from, int to) {
    System.arraycopy(PREFIX, 0, name, 0, PREFIX.length);
    System.arraycopy(draft.bytes(), from, name, PREFIX.length, to - from);
    return draft.field(name, 0, PREFIX.length + to - from);
  }

  private static boolean isEncoded(byte[] b, int from, int to) {
    for (byte[] key : ENCODED) {
      if (Ascii.is(b, from, to, key)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Undoes pairs of hexadecimal digits; a NUL between arguments is a space. -1 where it is none.
   */
  private int decode(byte[] b, int from, int to) {
    if (to - from < 2 || (to - from) % 2 != 0) {
      return -1;
    }
    if (plain.length < (to - from) / 2) {
      plain = Arrays.copyOf(plain, (to - from) / 2);
    }
    int length = 0;
    for (int i = from; i < to; i += 2) {
      int high = Character.digit(b[i], 16);
      int low = Character.digit(b[i + 1], 16);
      if (high < 0 || low < 0) {
        return -1;
      }
      int value = high << 4 | low;
      plain[length++] = value == 0 ? (byte) ' ' : (byte) value;
    }
    while (length > 0 && plain[length - 1] == ' ') {
      length--;
    }
    return length;
  }

  /** {@code 02 00 port address}: an IPv4 socket address in the order of the wire. */
  private void socket(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    boolean isV4 = to - from >= 16 && b[from] == '0' && b[from + 1] == '2';
    if (!isV4) {
      return;
    }
    var address = new StringBuilder(15);
    for (int i = 0; i < 4; i++) {
      int part = hex(b, from + 8 + 2 * i);
      if (part < 0) {
        return;
      }
      address.append(i == 0 ? "" : ".").append(part);
    }
    int high = hex(b, from + 4);
    int low = hex(b, from + 6);
    if (high >= 0 && low >= 0) {
      draft.into().addText(Fields.DESTINATION_IP, address.toString());
      draft.into().addText(Fields.DESTINATION_PORT, Integer.toString(high << 8 | low));
    }
  }

  private static int hex(byte[] b, int at) {
    int high = Character.digit(b[at], 16);
    int low = Character.digit(b[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
