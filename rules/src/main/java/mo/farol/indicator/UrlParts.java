package mo.farol.indicator;

import mo.farol.event.EventBatch;
import mo.farol.event.Fields;

/**
 * A URL out of the fields of an event: scheme, host, port, path and query, as ECS, Suricata and
 * Zeek part them. Positions are pairs of the batch, -1 for none.
 */
final class UrlParts {
  private static final int[] HOSTS = {
    Fields.id("url.domain"), Fields.id("http.hostname"), Fields.id("destination.domain")
  };
  private static final int[] PORTS = {Fields.id("url.port"), Fields.id("http.http_port")};
  private static final int DESTINATION_PORT = Fields.DESTINATION_PORT;
  private static final int SCHEME = Fields.id("url.scheme");
  private static final int PATH = Fields.id("url.path");
  private static final int QUERY = Fields.id("url.query");
  private static final int SIGNS = 16; // ://, a port, ?

  private UrlParts() {}

  static int host(EventBatch events, int i) {
    return first(events, i, HOSTS);
  }

  /** The port the URL names. */
  static int port(EventBatch events, int i) {
    return first(events, i, PORTS);
  }

  /** The port of the connection, where the URL names none: one may be meant or not. */
  static int otherPort(EventBatch events, int i) {
    return port(events, i) >= 0 ? -1 : events.find(i, DESTINATION_PORT);
  }

  private static int first(EventBatch events, int i, int[] fields) {
    for (int field : fields) {
      int k = events.find(i, field);
      if (k >= 0 && events.length(k) > 0) {
        return k;
      }
    }
    return -1;
  }

  /** Bytes that {@link #write} may need. */
  static int room(EventBatch events, int i, int host, int path) {
    return events.length(host)
        + events.length(path)
        + length(events, events.find(i, SCHEME))
        + length(events, events.find(i, QUERY))
        + SIGNS;
  }

  private static int length(EventBatch events, int k) {
    return k < 0 ? 0 : events.length(k);
  }

  /** Writes the URL; gives its length. */
  static int write(EventBatch events, int i, int host, int path, int port, byte[] out) {
    int at = 0;
    int scheme = events.find(i, SCHEME);
    if (scheme >= 0) {
      at = put(events, scheme, out, at);
      out[at++] = ':';
      out[at++] = '/';
      out[at++] = '/';
    }
    int before = at;
    at = put(events, host, out, at);
    boolean hasPort = UrlText.portColon(out, before, at) < at;
    if (port >= 0 && !hasPort && events.length(port) <= 5) {
      out[at++] = ':';
      at = put(events, port, out, at);
    }
    at = put(events, path, out, at);
    int query = events.field(path) == PATH ? events.find(i, QUERY) : -1;
    if (query >= 0) {
      out[at++] = '?';
      at = put(events, query, out, at);
    }
    return at;
  }

  private static int put(EventBatch events, int k, byte[] out, int at) {
    System.arraycopy(events.bytes(k), events.start(k), out, at, events.length(k));
    return at + events.length(k);
  }
}
