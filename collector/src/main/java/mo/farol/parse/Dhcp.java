package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/**
 * DHCP servers. ISC dhcpd: {@code DHCPACK on 192.0.2.9 to aa:bb:cc:dd:ee:ff (laptop) via eth0};
 * dnsmasq: {@code DHCPACK(eth0) 192.0.2.9 aa:bb:cc:dd:ee:ff laptop}.
 */
final class Dhcp implements Refiner {
  private static final byte[] DATASET = bytes("dhcp");
  private static final byte[] DHCP = bytes("DHCP");
  private static final byte[] VIA = bytes(" via ");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    draft.word(Fields.EVENT_DATASET, DATASET);
    int start = deed(b, from, to);
    if (start < 0) {
      return;
    }
    int end = start;
    while (end < to && Ascii.isLetter(b[end])) {
      end++;
    }
    draft.word(Fields.EVENT_CATEGORY, Words.NETWORK);
    draft.add(Fields.EVENT_ACTION, start, end);
    if (end < to && b[end] == '(') {
      int close = Ascii.until(b, end, to, ')');
      draft.add(Names.INTERFACE_IN, end + 1, close);
      dnsmasq(draft, Math.min(close + 1, to), to);
    } else {
      isc(draft, end, to);
    }
  }

  /** Index of {@code DHCPACK} and the like, behind dnsmasq's serial number where there is one. */
  private static int deed(byte[] b, int from, int to) {
    int number = Ascii.skipDigits(b, from, to);
    int p = number > from ? Ascii.skipSpaces(b, number, to) : from;
    return Ascii.startsWith(b, p, to, DHCP) ? p : -1;
  }

  /** {@code [address] mac [name or reason]}. */
  private static void dnsmasq(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Ascii.skipSpaces(b, from, to);
    for (int word = 0; word < 2 && p < to; word++) {
      int end = Ascii.until(b, p, to, ' ');
      if (isMac(b, p, end)) {
        draft.add(Names.CLIENT_MAC, p, end);
        int name = Ascii.skipSpaces(b, end, to);
        draft.add(Ascii.find(b, name, to, ' ') < 0 ? Names.CLIENT_NAME : Names.REASON, name, to);
        return;
      }
      if (Text.isAddress(b, p, end)) {
        draft.add(Names.CLIENT_IP, p, end);
      }
      p = Ascii.skipSpaces(b, end, to);
    }
  }

  /** Words in any order: an address, a MAC, a name in brackets, an interface, a reason. */
  private static void isc(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int via = find(b, from, to, VIA);
    for (int p = Ascii.skipSpaces(b, from, to); p < (via < 0 ? to : via); ) {
      int end = Ascii.until(b, p, to, ' ');
      if (isMac(b, p, end)) {
        once(draft, Names.CLIENT_MAC, p, end);
      } else if (Text.isAddress(b, p, end)) {
        once(draft, Names.CLIENT_IP, p, end);
      } else if (b[p] == '(' && b[end - 1] == ')') {
        boolean isServer = Text.isAddress(b, p + 1, end - 1);
        once(draft, isServer ? Names.DNS_SERVER : Names.CLIENT_NAME, p + 1, end - 1);
      }
      p = Ascii.skipSpaces(b, end, to);
    }
    if (via > 0) {
      int start = via + VIA.length;
      int end = Ascii.until(b, start, to, ' ');
      boolean isFollowed = end < to || (end > start && b[end - 1] == ':');
      int name = isFollowed && b[end - 1] == ':' ? end - 1 : end;
      draft.add(Names.INTERFACE_IN, start, name);
      draft.add(Names.REASON, Ascii.skipSpaces(b, end, to), to);
    }
  }

  private static void once(EventDraft draft, int field, int from, int to) {
    if (draft.into().findOpen(field) < 0) {
      draft.add(field, from, to);
    }
  }

  private static boolean isMac(byte[] b, int from, int to) {
    if (to - from != 17) {
      return false;
    }
    for (int i = from; i < to; i++) {
      boolean isMark = (i - from) % 3 == 2;
      if (isMark ? b[i] != ':' && b[i] != '-' : Character.digit(b[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
