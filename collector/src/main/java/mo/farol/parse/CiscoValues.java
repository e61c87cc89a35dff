package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import java.util.List;
import java.util.Locale;
import mo.farol.event.Fields;

/**
 * The words of a Cisco sentence that are no endpoints: verbs, protocols, and what they announce.
 */
final class CiscoValues {
  /** The words for which a sentence is: the action is theirs in lower case. */
  private static final List<String> SPELT =
      List.of(
          "Deny",
          "Denied",
          "denied",
          "discarded",
          "Dropped",
          "Dropping",
          "permitted",
          "est-allowed",
          "Built",
          "Teardown",
          "Accessed",
          "requested");

  private static final WordTable VERBS = new WordTable(SPELT);
  private static final byte[][] ACTIONS =
      SPELT.stream().map(verb -> bytes(verb.toLowerCase(Locale.ROOT))).toArray(byte[][]::new);
  private static final int PERMITTED = SPELT.indexOf("permitted");
  private static final int BUILT = SPELT.indexOf("Built");
  private static final byte[] DENIED = bytes("denied");
  private static final byte[] ALLOWED = bytes("allowed");
  private static final byte[] INBOUND = bytes("inbound");
  private static final byte[] OUTBOUND = bytes("outbound");
  private static final byte[] FIRST_INBOUND = bytes("Inbound");
  private static final byte[] FOR = bytes("for");
  private static final byte[] PROTOCOL_IS = bytes("protocol=");
  private static final int CONNECTION_ID = Fields.id("cisco.connection_id");
  private static final int IANA_NUMBER = Fields.id("network.iana_number");

  private final CiscoEndpoint endpoint;
  private boolean isFirst;

  CiscoValues(CiscoEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  void begin() {
    isFirst = true;
  }

  void word(EventDraft draft, CiscoRole role, int from, int end, int to) {
    byte[] b = draft.bytes();
    boolean first = isFirst;
    isFirst = false;
    if (isProtocol(draft, role, from, end) || value(draft, role, from, end, to)) {
      return;
    }
    boolean inbound =
        Ascii.is(b, from, end, INBOUND) || (first && Ascii.is(b, from, end, FIRST_INBOUND));
    if (inbound || Ascii.is(b, from, end, OUTBOUND)) {
      draft.word(Names.DIRECTION, inbound ? INBOUND : OUTBOUND);
      return;
    }
    int verb = VERBS.find(b, from, end);
    if (verb >= 0 && draft.into().findOpen(Fields.EVENT_ACTION) < 0) {
      draft.word(Fields.EVENT_ACTION, ACTIONS[verb]);
      if (verb < BUILT) {
        draft.word(Names.EVENT_TYPE, verb < PERMITTED ? DENIED : ALLOWED);
      }
    }
  }

  /** {@code TCP}, {@code protocol 47}, {@code protocol=TCP,}. */
  private static boolean isProtocol(EventDraft draft, CiscoRole role, int from, int end) {
    byte[] b = draft.bytes();
    int start = Ascii.startsWith(b, from, end, PROTOCOL_IS) ? from + PROTOCOL_IS.length : from;
    int last = end > start && b[end - 1] == ',' ? end - 1 : end;
    boolean isNumber = start < last && Ascii.isDigit(b[start]);
    if (last - start > 6 || (isNumber && role != CiscoRole.PROTOCOL)) {
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
  private boolean value(EventDraft draft, CiscoRole role, int from, int end, int to) {
    byte[] b = draft.bytes();
    if (!isAnnounced(b, role, from, end)) {
      return false;
    }
    switch (role) {
      case DURATION -> duration(draft, from, end);
      case BYTES -> size(draft, from, end, to);
      case LIST -> list(draft, from, end, to);
      case INTERFACE -> {
        int last = b[end - 1] == '.' || b[end - 1] == ',' ? end - 1 : end;
        endpoint.once(draft, Names.INTERFACE_IN, from, last);
      }
      case CONNECTION -> draft.add(CONNECTION_ID, from, end);
      case URL -> url(draft, from, to);
      case NOTHING, SOURCE, DESTINATION, TO, AND, TRANSLATED, VERDICT, PROTOCOL -> {
        return endpoint.port(draft, from, end);
      }
    }
    return true;
  }

  /** What follows {@code bytes} and {@code connection} is a number, or they say nothing. */
  private static boolean isAnnounced(byte[] b, CiscoRole role, int from, int end) {
    boolean needsNumber = role == CiscoRole.BYTES || role == CiscoRole.CONNECTION;
    boolean isFor = role == CiscoRole.INTERFACE && Ascii.is(b, from, end, FOR);
    return !isFor && (!needsNumber || Ascii.isDigit(b[from]));
  }

  private static void size(EventDraft draft, int from, int end, int to) {
    int last = Ascii.skipDigits(draft.bytes(), from, end);
    draft.add(Names.BYTES, from, last);
    reason(draft, Math.min(end + 1, to), to);
  }

  private void list(EventDraft draft, int from, int end, int to) {
    byte[] b = draft.bytes();
    boolean quoted = b[from] == '"';
    int last = quoted ? Ascii.until(b, from + 1, to, '"') : end;
    endpoint.once(draft, Names.RULE_NAME, quoted ? from + 1 : from, last);
  }

  private static void duration(EventDraft draft, int from, int end) {
    long seconds = seconds(draft.bytes(), from, end);
    if (seconds >= 0) {
      draft.number(Names.DURATION, seconds * 1_000_000_000L);
    }
  }

  /** {@code TCP FINs} behind the bytes of a connection; the user in brackets is not of it. */
  private static void reason(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, '(');
    while (end > from && b[end - 1] == ' ') {
      end--;
    }
    draft.add(Names.REASON, from, end);
  }

  /** {@code 192.0.2.7:/path} and {@code 192.0.2.7:http://…} where accessed, a URL where denied. */
  private void url(EventDraft draft, int from, int to) {
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
