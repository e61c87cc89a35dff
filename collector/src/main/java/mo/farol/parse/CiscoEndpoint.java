package mo.farol.parse;

import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/**
 * {@code outside:192.0.2.1/80(LOCAL\name)}, of which interface, port and name may be missing;
 * {@code (203.0.113.5/443)} behind one, its translated address; {@code inside/192.0.2.1(1234)} of
 * access lists.
 */
final class CiscoEndpoint {
  private enum Side {
    NONE,
    SOURCE,
    DESTINATION
  }

  private static final int DESTINATION_DOMAIN = Fields.id("destination.domain");

  private Side last = Side.NONE;
  private boolean isApart;

  /** Forgets the sentence before. */
  void begin() {
    last = Side.NONE;
    isApart = false;
  }

  boolean source(EventDraft draft, int from, int to) {
    boolean found =
        add(draft, Fields.SOURCE_IP, Fields.SOURCE_PORT, from, to)
            || host(draft, Names.SOURCE_DOMAIN, Fields.SOURCE_PORT, from, to);
    if (found) {
      last = Side.SOURCE;
      details(draft, Names.INTERFACE_IN, Names.SOURCE_USER, from, to);
    }
    return found;
  }

  boolean destination(EventDraft draft, int from, int to) {
    boolean found =
        add(draft, Fields.DESTINATION_IP, Fields.DESTINATION_PORT, from, to)
            || host(draft, DESTINATION_DOMAIN, Fields.DESTINATION_PORT, from, to);
    if (found) {
      last = Side.DESTINATION;
      details(draft, Names.INTERFACE_OUT, Names.DESTINATION_USER, from, to);
    }
    return found;
  }

  /** The address a source was translated to. */
  boolean nat(EventDraft draft, int from, int to) {
    return add(draft, Names.SOURCE_NAT_IP, Names.SOURCE_NAT_PORT, from, to);
  }

  /** {@code (203.0.113.5/443)} behind an endpoint, or {@code (name)} at the end. */
  boolean mapped(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int close = find(b, from, to, ')');
    if (close < 0 || last == Side.NONE) {
      return false;
    }
    boolean isSource = last == Side.SOURCE;
    int address = isSource ? Names.SOURCE_NAT_IP : Names.DESTINATION_NAT_IP;
    int port = isSource ? Names.SOURCE_NAT_PORT : Names.DESTINATION_NAT_PORT;
    if (add(draft, address, port, from + 1, close)) {
      user(draft, isSource ? Names.SOURCE_USER : Names.DESTINATION_USER, close + 1, to);
      return true;
    }
    if (close == to - 1 && Ascii.isLetter(b[from + 1]) && find(b, from, to, ',') < 0) {
      once(draft, Fields.USER_NAME, from + 1, close);
      return true;
    }
    return false;
  }

  /** Whether a word is an endpoint of an access list. */
  boolean isListed(byte[] b, int from, int to) {
    int open = find(b, from, to, '(');
    boolean closes = open > from && (b[to - 1] == ')' || b[to - 1] == ',');
    int slash = closes ? find(b, from, open, '/') : -1;
    return closes && Text.isAddress(b, slash < 0 ? from : slash + 1, open);
  }

  /** {@code outside:name/443}, where names stand for addresses. */
  private static boolean host(EventDraft draft, int field, int portField, int from, int to) {
    byte[] b = draft.bytes();
    int colon = Ascii.isLetter(b[from]) ? find(b, from, to, ':') : -1;
    int slash = colon < 0 ? -1 : find(b, colon, to, '/');
    if (slash < colon + 2
        || colon + 2 > to
        || !HostNames.isOne(b, colon + 1, slash)
        || draft.into().findOpen(field) >= 0) {
      return false;
    }
    draft.add(field, colon + 1, slash);
    draft.add(portField, slash + 1, Ascii.skipDigits(b, slash + 1, to));
    return true;
  }

  /** Takes a number behind an endpoint of {@link #isNamed} for its port. */
  boolean port(EventDraft draft, int from, int to) {
    boolean isOne = isApart && Ascii.skipDigits(draft.bytes(), from, to) == to;
    if (isOne) {
      boolean isSource = last == Side.SOURCE;
      once(draft, isSource ? Fields.SOURCE_PORT : Fields.DESTINATION_PORT, from, to);
    }
    isApart = false;
    return isOne;
  }

  /** Whether a word is {@code interface/address}, behind which access lists may put a port. */
  boolean isNamed(byte[] b, int from, int to) {
    int slash = Ascii.isLetter(b[from]) ? find(b, from, to, '/') : -1;
    isApart = slash > 0 && Text.isAddress(b, slash + 1, to);
    return isApart;
  }

  boolean hasSource() {
    return last != Side.NONE;
  }

  void once(EventDraft draft, int field, int from, int to) {
    if (to > from && draft.into().findOpen(field) < 0) {
      draft.add(field, from, to);
    }
  }

  private static boolean add(
      EventDraft draft, int addressField, int portField, int from, int wordEnd) {
    byte[] b = draft.bytes();
    int to = withoutMark(b, from, wordEnd);
    int open = find(b, from, to, '(');
    int comma = find(b, from, to, ',');
    int end = open < 0 ? comma < 0 ? to : comma : open;
    int slash = Ascii.findLast(b, from, end, '/');
    boolean named = slash > 0 && (open > 0 || Ascii.isLetter(b[from]));
    if (named && Text.isAddress(b, slash + 1, end)) {
      return listed(draft, addressField, portField, slash + 1, end, to);
    }
    int addressEnd = slash < 0 ? end : slash;
    int colon = find(b, from, addressEnd, ':');
    boolean whole = Text.isAddress(b, from, addressEnd);
    int start = whole || colon < 0 ? from : colon + 1;
    if (!Text.isAddress(b, start, addressEnd) || draft.into().findOpen(addressField) >= 0) {
      return false;
    }
    draft.add(addressField, start, addressEnd);
    if (slash > 0) {
      int port = Ascii.skipDigits(b, slash + 1, end);
      draft.add(portField, slash + 1, port == end || b[port] != '.' ? port : slash + 1);
    } else if (open > 0) {
      draft.add(portField, open + 1, Ascii.skipDigits(b, open + 1, to));
    }
    return true;
  }

  /**
   * End of a word without the mark of its sentence; the colons of {@code 2001:db8::} are its own.
   */
  private static int withoutMark(byte[] b, int from, int to) {
    byte mark = to - from > 2 ? b[to - 1] : 0;
    boolean own = mark == ':' && b[to - 2] == ':';
    return mark == '.' || mark == ';' || (mark == ':' && !own) ? to - 1 : to;
  }

  private static boolean listed(
      EventDraft draft, int addressField, int portField, int from, int open, int to) {
    if (draft.into().findOpen(addressField) >= 0) {
      return false;
    }
    draft.add(addressField, from, open);
    if (open < to) {
      draft.add(portField, open + 1, Ascii.skipDigits(draft.bytes(), open + 1, to));
    }
    return true;
  }

  /** The interface before an address and the name in brackets behind it. */
  private void details(EventDraft draft, int interfaceField, int userField, int from, int to) {
    byte[] b = draft.bytes();
    int open = find(b, from, to, '(');
    int end = open < 0 ? to : open;
    int mark = find(b, from, end, ':');
    if (mark < 0) {
      int slash = find(b, from, end, '/');
      mark = slash > 0 && Text.isAddress(b, slash + 1, end) ? slash : -1;
    }
    if (mark > from && !Text.isAddress(b, from, end) && Ascii.isLetter(b[from])) {
      boolean isName = Text.isAddress(b, mark + 1, find(b, mark, end, '/') < 0 ? end : -1);
      once(draft, interfaceField, from, isName || b[mark] == ':' || b[mark] == '/' ? mark : from);
    }
    user(draft, userField, open < 0 ? to : open, to);
  }

  /** {@code (LOCAL\name)}. */
  private void user(EventDraft draft, int field, int from, int to) {
    byte[] b = draft.bytes();
    int slash = find(b, from, to, '\\');
    int close = slash < 0 ? -1 : find(b, slash, to, ')');
    if (close > 0) {
      once(draft, field, slash + 1, close);
    }
  }
}
