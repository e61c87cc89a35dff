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
  private static final byte[] ARROW = bytes("->");
  private static final byte[] ACCESSED = bytes("Accessed");

  private boolean isTranslation;
  private int beforeFrom;
  private int beforeTo;
  private CiscoRole role = CiscoRole.NOTHING;
  private final CiscoEndpoint endpoint = new CiscoEndpoint();
  private final CiscoValues values = new CiscoValues(endpoint);

  void read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    isTranslation = find(b, from, to, TRANSLATION) > 0;
    endpoint.begin();
    values.begin();
    beforeFrom = from;
    beforeTo = from;
    role = CiscoRole.NOTHING;
    for (int p = Ascii.skipSpaces(b, from, to); p < to; ) {
      int end = Ascii.until(b, p, to, ' ');
      if (Ascii.is(b, p, end, ORIGINAL)) {
        return;
      }
      if (!isEndpoint(draft, p, end)) {
        values.word(draft, role, p, end, to);
      }
      beforeFrom = p;
      beforeTo = end;
      role = CiscoRole.of(b, p, end);
      p = Ascii.skipSpaces(b, end, to);
    }
  }

  private boolean isEndpoint(EventDraft draft, int from, int end) {
    byte[] b = draft.bytes();
    if (b[from] == '(') {
      return role == CiscoRole.SOURCE && b[end - 1] == ')'
          ? endpoint.source(draft, from + 1, end - 1)
          : endpoint.mapped(draft, from, end);
    }
    return switch (role) {
      case SOURCE -> endpoint.source(draft, from, end);
      case DESTINATION -> endpoint.destination(draft, from, end);
      case TRANSLATED -> endpoint.nat(draft, from, end);
      case TO -> target(draft, from, end);
      case AND -> endpoint.hasSource() && target(draft, from, end);
      case VERDICT ->
          Ascii.isDigit(b[from]) ? endpoint.source(draft, from, end) : isBare(draft, from, end);
      case NOTHING, DURATION, BYTES, LIST, INTERFACE, CONNECTION, PROTOCOL, URL ->
          isBare(draft, from, end);
    };
  }

  private boolean target(EventDraft draft, int from, int end) {
    return isTranslation ? endpoint.nat(draft, from, end) : endpoint.destination(draft, from, end);
  }

  /** Endpoints that no word announces: of access lists, before an arrow, of who accessed a URL. */
  private boolean isBare(EventDraft draft, int from, int end) {
    byte[] b = draft.bytes();
    if (end - from < 7) {
      if (Ascii.is(b, from, end, ARROW)) {
        before(draft);
      }
      return false;
    }
    if (endpoint.isListed(b, from, end)) {
      return endpoint.source(draft, from, end);
    }
    if (Ascii.is(b, from, end, ACCESSED)) {
      before(draft);
      return false;
    }
    if (!endpoint.isNamed(b, from, end)) {
      return false;
    }
    return endpoint.hasSource()
        ? endpoint.destination(draft, from, end)
        : endpoint.source(draft, from, end);
  }

  /** Takes the word before for the source: {@code [name@]192.0.2.1}. */
  private void before(EventDraft draft) {
    int at = Ascii.find(draft.bytes(), beforeFrom, beforeTo, '@');
    if (at > beforeFrom) {
      endpoint.once(draft, Fields.USER_NAME, beforeFrom, at);
    }
    endpoint.source(draft, at < 0 ? beforeFrom : at + 1, beforeTo);
  }
}
