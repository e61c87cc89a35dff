package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/**
 * BIND: {@code client @0x7f 192.0.2.1#60061 (a.example): query: a.example IN PTR + (192.0.2.2)}.
 */
final class Named implements Refiner {
  private static final Kind QUERY_KIND = Kind.of("named", "network", "dns-query");
  private static final Kind OTHER = Kind.of("named", "", "");
  private static final byte[] CLIENT = bytes("client ");
  private static final byte[] QUERY = bytes("query: ");

  @Override
  public void refine(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int client = Ascii.find(b, from, to, CLIENT);
    int query = client < 0 ? -1 : Ascii.find(b, client, to, QUERY);
    if (query < 0) {
      OTHER.addTo(draft);
      return;
    }
    QUERY_KIND.addTo(draft);
    client(draft, client + CLIENT.length, query);
    question(draft, query + QUERY.length, to);
  }

  private static void client(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start = b[from] == '@' ? Ascii.until(b, from, to, ' ') + 1 : from;
    int hash = Ascii.find(b, start, to, '#');
    if (hash > 0) {
      draft.add(Fields.SOURCE_IP, start, hash);
      draft.add(Fields.SOURCE_PORT, hash + 1, Ascii.skipDigits(b, hash + 1, to));
    }
  }

  private static void question(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int name = Ascii.until(b, from, to, ' ');
    int kind = Ascii.until(b, Math.min(name + 1, to), to, ' ');
    int type = Ascii.until(b, Math.min(kind + 1, to), to, ' ');
    draft.add(Names.DNS_QUESTION, from, name);
    draft.add(Names.DNS_CLASS, name + 1, kind);
    draft.add(Names.DNS_TYPE, kind + 1, type);
    int open = Ascii.find(b, type, to, '(');
    int close = open < 0 ? -1 : Ascii.find(b, open, to, ')');
    if (close > 0) {
      draft.add(Fields.DESTINATION_IP, open + 1, close);
    }
  }
}
