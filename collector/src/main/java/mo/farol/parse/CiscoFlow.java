package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * Firepower Threat Defense's events of connections, intrusions, files and malware, 430001 to
 * 430005: {@code SrcIP: 192.0.2.1, DstIP: 192.0.2.2, …}. The pairs are kept under {@code cisco.}.
 */
final class CiscoFlow {
  private static final byte[] CODE = bytes("43000");
  private static final byte[] SEPARATOR = bytes(", ");
  private static final int LONGEST_KEY = 48;
  private static final String PREFIX = "cisco.";
  private static final String TABLE =
      """
      source.ip whole SrcIP
      source.port whole SrcPort
      source.bytes whole InitiatorBytes
      source.packets whole InitiatorPackets
      source.nat.ip whole NAT_InitiatorIP
      source.nat.port whole NAT_InitiatorPort
      destination.ip whole DstIP
      destination.port whole DstPort
      destination.bytes whole ResponderBytes
      destination.packets whole ResponderPackets
      destination.nat.ip whole NAT_ResponderIP
      destination.nat.port whole NAT_ResponderPort
      network.transport transport Protocol
      network.application lower ApplicationProtocol WebApplication Client
      observer.ingress.interface.name whole IngressInterface
      observer.egress.interface.name whole EgressInterface
      observer.ingress.zone whole IngressZone
      observer.egress.zone whole EgressZone
      observer.serial_number whole DeviceUUID
      event.action lower AccessControlRuleAction InlineResult FileAction
      event.reason whole AccessControlRuleReason
      rule.name whole Message AccessControlRuleName
      rule.id whole SID
      rule.category whole Classification
      rule.ruleset whole ACPolicy
      user.name leaf User
      url.original whole URL
      url.domain whole ReferencedHost
      dns.question.name whole DNSQuery
      dns.question.type whole DNSRecordType
      file.name leaf FileName
      file.size number FileSize
      file.hash.sha256 sha256 FileSHA256
      threat.indicator.name whole ThreatName
      user_agent.original whole UserAgent
      http.request.referrer whole HTTPReferer
      """;
  private static final int TIME = Fields.id("cisco.FirstPacketSecond");

  private final VendorFields fields = new VendorFields(PREFIX);
  private final EcsCopies copies = new EcsCopies(PREFIX, TABLE);

  boolean claims(byte[] b, int code, int end) {
    return end - code == CODE.length + 1 && Ascii.startsWith(b, code, end, CODE);
  }

  void read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int first = draft.into().filled();
    for (int p = Ascii.skipSpaces(b, from, to); p < to; ) {
      int colon = keyEnd(b, p, to);
      if (colon < 0) {
        break;
      }
      int value = Ascii.skipSpaces(b, colon + 1, to);
      int end = valueEnd(b, value, to);
      fields.add(draft, p, colon, value, end, Escaped.NONE);
      p = Math.min(to, end + SEPARATOR.length);
    }
    copies.add(draft, first);
    if (draft.occurredAt() == Micros.NONE) {
      draft.occurredAt(draft.timeOf(TIME));
    }
  }

  /** Index of the colon behind a key, or -1. */
  private static int keyEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (Ascii.isLetter(b[p]) || Ascii.isDigit(b[p]) || b[p] == '_')) {
      p++;
    }
    return p > from && p - from <= LONGEST_KEY && p < to && b[p] == ':' ? p : -1;
  }

  /** A value ends before the comma before the next key, or with the text. */
  private static int valueEnd(byte[] b, int from, int to) {
    int p = from;
    while (true) {
      int comma = Ascii.find(b, p, to, SEPARATOR);
      if (comma < 0) {
        return to;
      }
      if (keyEnd(b, comma + SEPARATOR.length, to) > 0) {
        return comma;
      }
      p = comma + 1;
    }
  }
}
