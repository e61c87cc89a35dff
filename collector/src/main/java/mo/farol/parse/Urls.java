package mo.farol.parse;

/** A request's URL, whole and in its parts. */
final class Urls {
  private static final byte[] SCHEME = Ascii.bytes("://");
  private static final int LONGEST_SCHEME = 10;

  private Urls() {}

  /** Adds {@code url.original}, domain, path and query. */
  static void add(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    draft.add(Names.URL, from, to);
    int query = Ascii.until(b, from, to, '?');
    int scheme = Ascii.find(b, from, Math.min(query, from + LONGEST_SCHEME), SCHEME);
    int path = from;
    if (scheme > 0) {
      int host = scheme + SCHEME.length;
      path = Ascii.until(b, host, query, '/');
      draft.add(Names.URL_DOMAIN, host, Ascii.until(b, host, path, ':'));
    }
    if (path < query && (b[path] == '/' || b[path] == '*')) {
      draft.add(Names.URL_PATH, path, query);
    }
    if (query < to) {
      draft.add(Names.URL_QUERY, query + 1, to);
    }
  }
}
