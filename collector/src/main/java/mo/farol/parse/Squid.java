package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Squid's own access log: {@code 1461576382.642 161 192.0.2.1 TCP_MISS/200 103701 GET
 * http://a.example/ user HIER_DIRECT/198.51.100.1 text/html}. Its combined form is httpd's.
 */
final class Squid implements Format {
  private static final Kind OK = Kind.of("squid.access", "web", "http-request").succeeded();
  private static final Kind REFUSED = Kind.of("squid.access", "web", "http-request").failed();
  private static final int RESULT = Fields.id("squid.result");
  private static final int HIERARCHY = Fields.id("squid.hierarchy");
  private static final int RESPONSE_BYTES = Fields.id("http.response.bytes");
  private static final int MIME_TYPE = Fields.id("http.response.mime_type");
  private static final int DESTINATION_DOMAIN = Fields.id("destination.domain");
  private static final byte[] DENIED = bytes("DENIED");
  private static final int WORDS = 10;

  private final int[] starts = new int[WORDS];
  private final int[] ends = new int[WORDS];

  @Override
  public String name() {
    return "squid";
  }

  @Override
  public String starts() {
    return "12";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int point = Ascii.skipDigits(b, from, Math.min(to, from + 11));
    if (point - from != 10 || point + 20 > to || b[point] != '.' || b[point + 4] != ' ') {
      return false;
    }
    return cut(b, from, to) >= WORDS - 1 && slash(b, 3) > 0 && isNumber(b, 1) && isNumber(b, 4);
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    if (!claims(draft, from, to)) {
      return "no line of Squid's access log: seconds, milliseconds, client and result/status";
    }
    byte[] b = draft.bytes();
    if (draft.occurredAt() == Micros.NONE) {
      draft.occurredAt(draft.dates().epoch(b, starts[0], ends[0]));
    }
    int slash = slash(b, 3);
    boolean isRefused =
        Ascii.find(b, starts[3], slash, DENIED) > 0 || (slash + 1 < ends[3] && b[slash + 1] >= '4');
    (isRefused ? REFUSED : OK).addTo(draft);
    draft.number(Names.DURATION, Math.max(0, Ascii.number(b, starts[1], ends[1])) * 1_000_000L);
    client(draft);
    draft.add(RESULT, starts[3], slash);
    draft.add(Names.STATUS, slash + 1, ends[3]);
    draft.add(RESPONSE_BYTES, starts[4], ends[4]);
    draft.add(Names.METHOD, starts[5], ends[5]);
    Urls.add(draft, starts[6], ends[6]);
    given(draft, Fields.USER_NAME, starts[7], ends[7]);
    peer(draft);
    given(draft, MIME_TYPE, starts[9], ends[9]);
    return null;
  }

  private void client(EventDraft draft) {
    boolean isAddress = Text.isAddress(draft.bytes(), starts[2], ends[2]);
    draft.add(isAddress ? Fields.SOURCE_IP : Names.SOURCE_DOMAIN, starts[2], ends[2]);
  }

  private void peer(EventDraft draft) {
    byte[] b = draft.bytes();
    int slash = Ascii.until(b, starts[8], ends[8], '/');
    draft.add(HIERARCHY, starts[8], slash);
    int host = Math.min(slash + 1, ends[8]);
    boolean isAddress = Text.isAddress(b, host, ends[8]);
    given(draft, isAddress ? Fields.DESTINATION_IP : DESTINATION_DOMAIN, host, ends[8]);
  }

  private static void given(EventDraft draft, int field, int from, int to) {
    if (to - from != 1 || draft.bytes()[from] != '-') {
      draft.add(field, from, to);
    }
  }

  /** Cuts a line into its words; gives how many there are. */
  private int cut(byte[] b, int from, int to) {
    int p = from;
    int count = 0;
    for (; count < WORDS && p < to; count++) {
      starts[count] = p;
      ends[count] = Ascii.until(b, p, to, ' ');
      p = Ascii.skipSpaces(b, ends[count], to);
    }
    for (int i = count; i < WORDS; i++) {
      starts[i] = to;
      ends[i] = to;
    }
    return count;
  }

  private int slash(byte[] b, int word) {
    return Ascii.find(b, starts[word], ends[word], '/');
  }

  private boolean isNumber(byte[] b, int word) {
    return Ascii.number(b, starts[word], ends[word]) >= 0;
  }
}
