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
  private static final byte[][] SOURCE = {
    bytes("from"),
    bytes("for"),
    bytes("src"),
    bytes("laddr"),
    bytes("client"),
    bytes("local-host"),
    bytes("between"),
    bytes("SRC")
  };
  private static final byte[][] DESTINATION = {
    bytes("dst"), bytes("faddr"), bytes("->"), bytes("server"), bytes("dest"), bytes("DEST")
  };
  private static final byte[] TO = bytes("to");
  private static final byte[] AND = bytes("and");
  private static final byte[] ARROW = bytes("->");
  private static final byte[] ACCESSED = bytes("Accessed");
  private static final byte[][] LISTED = {bytes("denied"), bytes("permitted")};
  private static final byte[] NAT = bytes("gaddr");

  private boolean isTranslation;
  private final Before before = new Before();
  private final CiscoEndpoint endpoint = new CiscoEndpoint();
  private final CiscoValues values = new CiscoValues(before, endpoint);

  void read(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    isTranslation = find(b, from, to, TRANSLATION) > 0;
    endpoint.begin();
    before.set(from, from);
    values.begin();
    for (int p = Ascii.skipSpaces(b, from, to); p < to; ) {
      int end = Ascii.until(b, p, to, ' ');
      if (Ascii.is(b, p, end, ORIGINAL)) {
        return;
      }
      if (!isEndpoint(draft, p, end)) {
        values.word(draft, p, end, to);
      }
      before.set(p, end);
      p = Ascii.skipSpaces(b, end, to);
    }
  }

  private boolean isEndpoint(Draft draft, int from, int end) {
    byte[] b = draft.bytes();
    boolean isSource = before.isOne(b, SOURCE);
    if (b[from] == '(') {
      return isSource && b[end - 1] == ')'
          ? endpoint.source(draft, from + 1, end - 1)
          : endpoint.mapped(draft, from, end);
    }
    if (before.is(b, NAT)) {
      return endpoint.nat(draft, from, end);
    }
    if (before.is(b, TO) || (before.is(b, AND) && endpoint.hasSource())) {
      return isTranslation
          ? endpoint.nat(draft, from, end)
          : endpoint.destination(draft, from, end);
    }
    if (before.isOne(b, DESTINATION)) {
      return endpoint.destination(draft, from, end);
    }
    if (isSource || endpoint.isListed(b, from, end)) {
      return endpoint.source(draft, from, end);
    }
    return isBare(draft, from, end);
  }

  /** Endpoints that no word announces: before an arrow, behind a list's verdict, with a user. */
  private boolean isBare(Draft draft, int from, int end) {
    byte[] b = draft.bytes();
    if (Ascii.is(b, from, end, ARROW) || Ascii.is(b, from, end, ACCESSED)) {
      int at = Ascii.find(b, before.from(), before.to(), '@');
      if (at > before.from()) {
        endpoint.once(draft, Fields.USER_NAME, before.from(), at);
      }
      endpoint.source(draft, at < 0 ? before.from() : at + 1, before.to());
      return false;
    }
    if (before.isOne(b, LISTED) && Ascii.isDigit(b[from])) {
      return endpoint.source(draft, from, end);
    }
    if (!endpoint.isNamed(b, from, end)) {
      return false;
    }
    return endpoint.hasSource()
        ? endpoint.destination(draft, from, end)
        : endpoint.source(draft, from, end);
  }

  /** The word before the one being read. */
  static final class Before {
    private int from;
    private int to;

    private void set(int start, int end) {
      from = start;
      to = end;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }

    boolean is(byte[] b, byte[] word) {
      return to - from == word.length && Ascii.is(b, from, to, word);
    }

    boolean isOne(byte[] b, byte[][] words) {
      for (byte[] word : words) {
        if (is(b, word)) {
          return true;
        }
      }
      return false;
    }
  }
}
