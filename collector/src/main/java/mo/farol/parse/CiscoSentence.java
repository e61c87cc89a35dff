package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/**
 * The sentences of Cisco's firewalls and routers: they differ by code, but name protocol, verb,
 * endpoints, duration and bytes with the same few words.
 */
final class CiscoSentence {
  private static final byte[] TRANSLATION = bytes("translation");
  private static final byte[] ORIGINAL = bytes("Original");
  private static final byte[][] VERBS = {
    bytes("Built"),
    bytes("Teardown"),
    bytes("Deny"),
    bytes("Denied"),
    bytes("denied"),
    bytes("discarded"),
    bytes("permitted"),
    bytes("Dropped"),
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
    bytes("accessed"),
    bytes("permitted")
  };
  private static final byte[][] SOURCE = {
    bytes("from"), bytes("for"), bytes("src"), bytes("laddr"), bytes("client"), bytes("local-host")
  };
  private static final byte[][] DESTINATION = {
    bytes("to"), bytes("dst"), bytes("faddr"), bytes("->"), bytes("server")
  };
  private static final byte[] NAT = bytes("gaddr");
  private static final byte[] INBOUND = bytes("inbound");
  private static final byte[] OUTBOUND = bytes("outbound");
  private static final byte[] DURATION = bytes("duration");
  private static final byte[] BYTES = bytes("bytes");
  private static final byte[] LIST = bytes("access-list");
  private static final byte[] GROUP = bytes("access-group");
  private static final byte[] INTERFACE = bytes("interface");
  private static final byte[] FOR = bytes("for");
  private static final byte[] CONNECTION = bytes("connection");
  private static final int CONNECTION_ID = Fields.id("cisco.connection_id");

  private int beforeFrom;
  private int beforeTo;
  private boolean isTranslation;
  private final CiscoEndpoint endpoint = new CiscoEndpoint();

  void read(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    isTranslation = find(b, from, to, TRANSLATION) > 0;
    endpoint.begin();
    beforeFrom = from;
    beforeTo = from;
    for (int p = Ascii.skipSpaces(b, from, to); p < to; ) {
      int end = Ascii.until(b, p, to, ' ');
      if (Ascii.is(b, p, end, ORIGINAL)) {
        return;
      }
      if (!isEndpoint(draft, p, end)) {
        word(draft, p, end, to);
      }
      beforeFrom = p;
      beforeTo = end;
      p = Ascii.skipSpaces(b, end, to);
    }
  }

  private boolean isEndpoint(Draft draft, int from, int end) {
    byte[] b = draft.bytes();
    if (b[from] == '(') {
      return endpoint.mapped(draft, from, end);
    }
    if (isBefore(b, NAT)) {
      return endpoint.nat(draft, from, end);
    }
    if (isOne(b, DESTINATION)) {
      return isTranslation
          ? endpoint.nat(draft, from, end)
          : endpoint.destination(draft, from, end);
    }
    boolean isSource = isOne(b, SOURCE) || endpoint.isListed(b, from, end);
    return isSource && endpoint.source(draft, from, end);
  }

  private void word(Draft draft, int from, int end, int to) {
    byte[] b = draft.bytes();
    var into = draft.into();
    byte[] transport = end - from > 6 ? null : Transport.word(b, from, end);
    if (transport != null && !Ascii.isDigit(b[from])) {
      if (into.findOpen(Names.TRANSPORT) < 0) {
        draft.word(Names.TRANSPORT, transport);
      }
      return;
    }
    if (value(draft, from, end, to)) {
      return;
    }
    if (Ascii.is(b, from, end, OUTBOUND) || (end - from == 7 && Ascii.isSame(b, from, INBOUND))) {
      draft.word(Names.DIRECTION, end - from == 7 ? INBOUND : OUTBOUND);
      return;
    }
    for (int i = 0; i < VERBS.length; i++) {
      if (Ascii.is(b, from, end, VERBS[i]) && into.findOpen(Fields.EVENT_ACTION) < 0) {
        draft.word(Fields.EVENT_ACTION, ACTIONS[i]);
      }
    }
  }

  /** Takes a word that says what the word before it announced. */
  private boolean value(Draft draft, int from, int end, int to) {
    byte[] b = draft.bytes();
    if (isBefore(b, DURATION)) {
      long seconds = seconds(b, from, end);
      if (seconds >= 0) {
        draft.number(Names.DURATION, seconds * 1_000_000_000L);
      }
    } else if (isBefore(b, BYTES)) {
      draft.add(Names.BYTES, from, Ascii.skipDigits(b, from, end));
    } else if (isBefore(b, LIST)) {
      draft.add(Names.RULE_NAME, from, end);
    } else if (isBefore(b, GROUP) && b[from] == '"') {
      draft.add(Names.RULE_NAME, from + 1, Ascii.until(b, from + 1, to, '"'));
    } else if (isBefore(b, INTERFACE) && !Ascii.is(b, from, end, FOR)) {
      int last = b[end - 1] == '.' || b[end - 1] == ',' ? end - 1 : end;
      endpoint.once(draft, Names.INTERFACE_IN, from, last);
    } else if (isBefore(b, CONNECTION) && Ascii.skipDigits(b, from, end) == end) {
      draft.add(CONNECTION_ID, from, end);
    } else {
      return false;
    }
    return true;
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

  private boolean isBefore(byte[] b, byte[] word) {
    return beforeTo - beforeFrom == word.length && Ascii.is(b, beforeFrom, beforeTo, word);
  }

  private boolean isOne(byte[] b, byte[][] words) {
    for (byte[] word : words) {
      if (isBefore(b, word)) {
        return true;
      }
    }
    return false;
  }
}
