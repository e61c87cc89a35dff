package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Check Point's Log Exporter in its syslog format: {@code [action:"Accept"; src:"192.0.2.1"; …]}
 * where RFC 5424 has structured data. The pairs are kept under {@code checkpoint.}.
 */
final class CheckPoint implements Format {
  private static final byte[] DATASET = bytes("checkpoint.firewall");
  private static final String PREFIX = "checkpoint.";
  private static final int LONGEST_KEY = 64;
  private static final String TABLE =
      """
      source.ip whole src
      source.port whole s_port
      source.mac whole mac_source_address
      source.bytes whole client_outbound_bytes sent_bytes
      source.packets whole client_outbound_packets
      source.nat.ip whole xlatesrc
      source.nat.port whole xlatesport
      destination.ip whole dst
      destination.port whole service
      destination.bytes whole server_outbound_bytes received_bytes
      destination.packets whole server_outbound_packets
      destination.nat.ip whole xlatedst
      destination.nat.port whole xlatedport
      network.transport transport proto
      network.application lower appi_name service_id
      network.direction lower conn_direction
      user.name leaf user src_user_name
      event.action lower action
      event.reason whole reason
      rule.name whole rule_name protection_name malware_rule_name
      rule.id whole rule_uid rule
      rule.category whole attack matched_category
      url.original whole resource
      file.name leaf file_name
      file.hash.md5 md5 file_md5
      file.hash.sha1 sha1 file_sha1
      file.hash.sha256 sha256 file_sha256
      observer.ingress.interface.name whole ifname inzone
      observer.egress.interface.name whole outzone
      observer.product whole product
      observer.ip whole origin
      """;
  private static final int TIME = Fields.id("checkpoint.time");

  private final VendorFields fields = new VendorFields(PREFIX);
  private final EcsCopies copies = new EcsCopies(PREFIX, TABLE);

  @Override
  public String name() {
    return "checkpoint";
  }

  @Override
  public String starts() {
    return "[";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return begins(draft.bytes(), from, to);
  }

  /** Whether {@code [key:"} stands here. */
  static boolean begins(byte[] b, int from, int to) {
    int colon = from < to && b[from] == '[' ? keyEnd(b, from + 1, to) : -1;
    return colon > 0 && colon + 1 < to && b[colon + 1] == '"';
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (!begins(b, from, to)) {
      return "no pairs of Check Point: [key:\"value\"; …]";
    }
    draft.word(Fields.EVENT_DATASET, DATASET);
    draft.word(Fields.EVENT_CATEGORY, Words.NETWORK);
    int first = draft.into().filled();
    for (int p = from + 1; p < to; ) {
      int colon = keyEnd(b, p, to);
      if (colon < 0 || colon + 1 >= to || b[colon + 1] != '"') {
        break;
      }
      int end = closing(b, colon + 2, to);
      fields.add(draft, p, colon, colon + 2, end, Escaped.QUOTED);
      p = Math.min(end + 1, to);
      p = p < to && b[p] == ';' ? Ascii.skipSpaces(b, p + 1, to) : to;
    }
    copies.add(draft, first);
    if (draft.occurredAt() == Micros.NONE) {
      draft.occurredAt(draft.timeOf(TIME));
    }
    return null;
  }

  private static int keyEnd(byte[] b, int from, int to) {
    int p = from;
    int limit = Math.min(to, from + LONGEST_KEY);
    while (p < limit && (Ascii.isLetter(b[p]) || Ascii.isDigit(b[p]) || b[p] == '_')) {
      p++;
    }
    return p > from && p < to && b[p] == ':' ? p : -1;
  }

  /** Index of the quote that ends a value, or {@code to}. */
  private static int closing(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != '"') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return Math.min(p, to);
  }
}
