package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/**
 * The words of a Cisco sentence that are no endpoints: verbs, protocols, and what they announce.
 */
final class CiscoValues {
  private static final byte[][] VERBS = {
    bytes("Built"),
    bytes("Teardown"),
    bytes("Deny"),
    bytes("Denied"),
    bytes("denied"),
    bytes("discarded"),
    bytes("permitted"),
    bytes("Dropped"),
    bytes("Dropping"),
    bytes("Accessed"),
    bytes("est-allowed")
  };
  private static final byte[][] ACTIONS = {
    bytes("built"),
    bytes("teardown"),
    bytes("deny"),
    bytes("deny"),
    bytes("deny"),
    bytes("discarded"),
    bytes("permitted"),
    bytes("dropped"),
    bytes("dropped"),
    bytes("accessed"),
    bytes("permitted")
  };
  private static final byte[] INBOUND = bytes("inbound");
  private static final byte[] OUTBOUND = bytes("outbound");
  private static final byte[] FIRST_INBOUND = bytes("Inbound");
  private static final byte[] DURATION = bytes("duration");
  private static final byte[] BYTES = bytes("bytes");
  private static final byte[][] LIST = {bytes("access-list"), bytes("access-group"), bytes("list")};
  private static final byte[] INTERFACE = bytes("interface");
  private static final byte[] FOR = bytes("for");
  private static final byte[] CONNECTION = bytes("connection");
  private static final byte[] PROTOCOL = bytes("protocol");
  private static final byte[] PROTOCOL_IS = bytes("protocol=");
  private static final byte[] URL = bytes("URL");
  private static final int CONNECTION_ID = Fields.id("cisco.connection_id");
  private static final int IANA_NUMBER = Fields.id("network.iana_number");

  private final CiscoSentence.Before before;
  private final CiscoEndpoint endpoint;
  private boolean isFirst;

  CiscoValues(CiscoSentence.Before before, CiscoEndpoint endpoint) {
    this.before = before;
    this.endpoint = endpoint;
  }

  void begin() {
    isFirst = true;
  }

  void word(Draft draft, int from, int end, int to) {
    byte[] b = draft.bytes();
    boolean first = isFirst;
    isFirst = false;
    if (isProtocol(draft, from, end) || value(draft, from, end, to)) {
      return;
    }
    boolean inbound =
        Ascii.is(b, from, end, INBOUND) || (first && Ascii.is(b, from, end, FIRST_INBOUND));
    if (inbound || Ascii.is(b, from, end, OUTBOUND)) {
      draft.word(Names.DIRECTION, inbound ? INBOUND : OUTBOUND);
      return;
    }
    for (int i = 0; i < VERBS.length; i++) {
      if (Ascii.is(b, from, end, VERBS[i]) && draft.into().findOpen(Fields.EVENT_ACTION) < 0) {
        draft.word(Fields.EVENT_ACTION, ACTIONS[i]);
      }
    }
  }

  /** {@code TCP}, {@code protocol 47}, {@code protocol=TCP,}. */
  private boolean isProtocol(Draft draft, int from, int end) {
    byte[] b = draft.bytes();
    int start = Ascii.startsWith(b, from, end, PROTOCOL_IS) ? from + PROTOCOL_IS.length : from;
    int last = end > start && b[end - 1] == ',' ? end - 1 : end;
    boolean isNumber = start < last && Ascii.isDigit(b[start]);
    if (last - start > 6 || (isNumber && !before.is(b, PROTOCOL))) {
      return false;
    }
    byte[] transport = Transport.word(b, start, last);
    if (transport == null && !isNumber) {
      return false;
    }
    if (draft.into().findOpen(Names.TRANSPORT) < 0) {
      if (transport == null) {
        draft.add(IANA_NUMBER, start, last);
      } else {
        draft.word(Names.TRANSPORT, transport);
      }
    }
    return true;
  }

  /** Takes a word that says what the word before it announced. */
  private boolean value(Draft draft, int from, int end, int to) {
    byte[] b = draft.bytes();
    if (before.is(b, DURATION)) {
      long seconds = seconds(b, from, end);
      if (seconds >= 0) {
        draft.number(Names.DURATION, seconds * 1_000_000_000L);
      }
    } else if (before.is(b, BYTES) && Ascii.isDigit(b[from])) {
      draft.add(Names.BYTES, from, Ascii.skipDigits(b, from, end));
      reason(draft, Math.min(end + 1, to), to);
    } else if (before.isOne(b, LIST)) {
      boolean quoted = b[from] == '"';
      endpoint.once(
          draft,
          Names.RULE_NAME,
          quoted ? from + 1 : from,
          quoted ? Ascii.until(b, from + 1, to, '"') : end);
    } else if (before.is(b, INTERFACE) && !Ascii.is(b, from, end, FOR)) {
      int last = b[end - 1] == '.' || b[end - 1] == ',' ? end - 1 : end;
      endpoint.once(draft, Names.INTERFACE_IN, from, last);
    } else if (before.is(b, CONNECTION) && Ascii.skipDigits(b, from, end) == end) {
      draft.add(CONNECTION_ID, from, end);
    } else if (before.is(b, URL)) {
      url(draft, from, to);
    } else if (Ascii.skipDigits(b, from, end) == end
        && endpoint.isNamed(b, before.from(), before.to())) {
      endpoint.port(draft, from, end);
    } else {
      return false;
    }
    return true;
  }

  /** {@code TCP FINs} behind the bytes of a connection; the user in brackets is not of it. */
  private static void reason(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, '(');
    while (end > from && b[end - 1] == ' ') {
      end--;
    }
    draft.add(Names.REASON, from, end);
  }

  /** {@code 192.0.2.7:/path} and {@code 192.0.2.7:http://…} where accessed, a URL where denied. */
  private void url(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, ' ');
    int colon = Ascii.until(b, from, end, ':');
    boolean isAddress = Text.isAddress(b, from, colon);
    if (isAddress) {
      endpoint.once(draft, Fields.DESTINATION_IP, from, colon);
    }
    draft.add(Names.URL, isAddress ? Math.min(colon + 1, end) : from, end);
  }

  /** {@code H:MM:SS} in seconds, or -1. */
  private static long seconds(byte[] b, int from, int end) {
    int first = Ascii.find(b, from, end, ':');
    int second = first < 0 ? -1 : Ascii.find(b, first + 1, end, ':');
    if (second < 0) {
      return -1;
    }
    int hours = Ascii.number(b, from, first);
    int minutes = Ascii.number(b, first + 1, second);
    int rest = Ascii.number(b, second + 1, Ascii.skipDigits(b, second + 1, end));
    boolean fits = hours >= 0 && hours < 1_000_000 && minutes >= 0 && minutes < 60;
    return fits && rest >= 0 && rest < 60 ? hours * 3600L + minutes * 60L + rest : -1;
  }
}
