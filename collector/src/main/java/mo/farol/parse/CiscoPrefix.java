package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;

import mo.farol.event.Fields;

/**
 * What Cisco devices put before the time: {@code counter: host: sequence: } of IOS, each of which
 * may be missing, with the {@code *} or {@code .} of a clock not in step; the colon of NX-OS and of
 * EMBLEM; {@code host RP/0/RP0/CPU0:} of IOS XR.
 */
final class CiscoPrefix {
  private static final int PARTS = 3;
  private static final int LONGEST = 255;
  private static final int LONGEST_NODE = 40;
  private static final int NODE = Fields.id("cisco.node");
  private static final byte[] ROUTE = Ascii.bytes("RP/");
  private static final byte[] LINE = Ascii.bytes("LC/");

  private CiscoPrefix() {}

  /** Index after counter, host and marks, or {@code from} where there are none. */
  static int counter(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    byte first = from < to ? b[from] : 0;
    if (first == ':') {
      return Ascii.skipSpaces(b, from + 1, to);
    }
    if (!isDigit(first) && first != '*' && first != '.') {
      return from;
    }
    int p = from;
    for (int part = 0; part < PARTS; part++) {
      int next = part(draft, part, p, to);
      if (next < 0) {
        break;
      }
      p = next;
    }
    return p < to && (b[p] == '*' || b[p] == '.') ? p + 1 : p;
  }

  /** Index after one part and the colon behind it, or -1. */
  private static int part(EventDraft draft, int part, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, Math.min(to, from + LONGEST), ':');
    if (end == from || end + 2 >= to || b[end] != ':' || b[end + 1] != ' ') {
      return -1;
    }
    if (Ascii.skipDigits(b, from, end) == end) {
      draft.add(Names.SEQUENCE, from, end);
    } else if (part == 1 && !isDigit(b[from]) && HostNames.isOne(b, from, end)) {
      draft.add(Fields.HOST_NAME, from, end);
    } else {
      return -1;
    }
    return Ascii.skipSpaces(b, end + 1, to);
  }

  /** Index after {@code host RP/0/RP0/CPU0:}, whose host may be missing, or -1. */
  static int node(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int word = Ascii.until(b, from, Math.min(to, from + LONGEST), ' ');
    boolean isFirst = isNode(b, from, to);
    int start = isFirst ? from : word + 1;
    if (!isFirst && !isNode(b, start, to)) {
      return -1;
    }
    int colon = Ascii.find(b, start, Math.min(to, start + LONGEST_NODE), ':');
    if (colon < 0 || (!isFirst && !HostNames.isOne(b, from, word))) {
      return -1;
    }
    if (!isFirst) {
      draft.add(Fields.HOST_NAME, from, word);
    }
    draft.add(NODE, start, colon);
    return Ascii.skipSpaces(b, colon + 1, to);
  }

  private static boolean isNode(byte[] b, int from, int to) {
    return Ascii.startsWith(b, from, to, ROUTE) || Ascii.startsWith(b, from, to, LINE);
  }

  /** Skips the {@code 2w3d: } or {@code 00:00:12: } since a device's start. */
  static int afterUptime(byte[] b, int from, int to, int otherwise) {
    int end = Ascii.until(b, from, Math.min(to, from + 20), ' ');
    int next = from < to && b[from] == '%' ? from : end + 1;
    return next < to && b[next] == '%' ? next : otherwise;
  }
}
