package mo.farol.parse;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Fields;
import mo.farol.event.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The headers of Zeek logs by sender, the newest first, so that a sender's files may come mixed.
 * Bounded in senders and in headers a sender; the sender heard least recently is forgotten.
 */
final class ZeekMemory {
  private static final int SENDERS = 256;
  private static final int HEADERS = 64;
  private static final String CONN =
      "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port proto:enum"
          + " service:string duration:interval orig_bytes:count resp_bytes:count conn_state:state"
          + " local_orig:bool local_resp:bool missed_bytes:count history:string orig_pkts:count"
          + " orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count tunnel_parents:set[string]";
  private static final String DNS =
      "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port proto:enum"
          + " trans_id:count rtt:interval query:string qclass:count qclass_name:string qtype:count"
          + " qtype_name:string rcode:count rcode_name:string AA:bool TC:bool RD:bool RA:bool"
          + " Z:count answers:vector[string] TTLs:vector[interval] rejected:bool";

  // Only logs that no other log's line can be taken for: by number and types of their columns.
  private static final List<ZeekHeader> KNOWN = List.of(known("conn", CONN), known("dns", DNS));

  private final Map<Origin, ArrayDeque<ZeekHeader>> senders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, ArrayDeque<ZeekHeader>> eldest) {
          return size() > SENDERS;
        }
      };

  /** The header a line was written under, or null. */
  @Nullable ZeekHeader of(Origin origin, byte[] b, int from, int to) {
    var headers = senders.get(origin);
    if (headers != null) {
      for (var header : headers) {
        if (header.fits(b, from, to)) {
          return header;
        }
      }
    }
    for (var header : KNOWN) {
      if (header.fits(b, from, to)) {
        return header;
      }
    }
    return null;
  }

  /** The header being read from this sender. */
  ZeekHeader last(Origin origin) {
    var headers = senders.get(origin);
    return headers == null || headers.isEmpty() ? ZeekHeader.none() : headers.getFirst();
  }

  /** Takes over what a header line said. */
  void learn(Origin origin, ZeekHeader now) {
    var headers = senders.computeIfAbsent(origin, _ -> new ArrayDeque<>());
    if (!headers.isEmpty() && (now.path().isEmpty() || isSame(headers.getFirst(), now))) {
      headers.removeFirst();
    }
    headers.removeIf(old -> !now.path().isEmpty() && old.path().equals(now.path()));
    headers.addFirst(now);
    if (headers.size() > HEADERS) {
      headers.removeLast();
    }
  }

  /** Whether the newer header goes on with the older, which has no columns yet or the same path. */
  private static boolean isSame(ZeekHeader old, ZeekHeader now) {
    return old.fields().isEmpty() || old.path().equals(now.path());
  }

  private static ZeekHeader known(String path, String columns) {
    String[] all = columns.split(" ", -1);
    var fields =
        Arrays.stream(all)
            .map(column -> Fields.id(column.substring(0, column.indexOf(':'))))
            .toList();
    String[] types =
        Arrays.stream(all).map(c -> c.substring(c.indexOf(':') + 1)).toArray(String[]::new);
    return ZeekHeader.none().withPath(path).withFields(fields).withTypes(types);
  }
}
