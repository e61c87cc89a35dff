package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * {@code key=value key="quoted value" …} as FortiGate, SonicWall, Sophos and many programs write
 * it. The pairs are kept under {@code kv.}; text between them is passed over.
 */
final class KeyValue implements Format {
  private static final String PREFIX = "kv.";
  private static final byte[] DATASET = Ascii.bytes("kv");
  private static final byte[] FORTINET = Ascii.bytes("fortinet.fortigate");
  private static final byte[] SONICWALL = Ascii.bytes("sonicwall.firewall");
  private static final int LONGEST_KEY = 64;
  private static final int FEWEST = 3;
  private static final int MOST = 500;
  private static final String TABLE =
      """
      source.ip address srcip src src_ip source_ip sip client_ip clientip remote_addr remip ip
      source.port port srcport src_port spt sport src
      source.mac whole srcmac src_mac
      source.bytes whole sentbyte sent bytes_sent sent_bytes
      source.packets whole sentpkt
      source.domain whole srcname
      source.nat.ip address transip tran_src_ip
      source.nat.port whole transport tran_src_port
      destination.ip address dstip dst dst_ip dest_ip dip destination_ip
      destination.port port dstport dst_port dpt dport dest_port dst
      destination.mac whole dstmac dst_mac
      destination.bytes whole rcvdbyte rcvd bytes_received recv_bytes
      destination.packets whole rcvdpkt
      destination.domain whole dstname
      network.transport protocol proto protocol
      network.application lower app application appname
      user.name leaf user usr username user_name suser unauthuser
      user.domain whole domain
      event.action whole action act status
      event.outcome outcome outcome result
      event.code whole logid m event_id eventid
      event.reason whole reason
      rule.id whole policyid rule fw_rule_id
      rule.name whole policyname rulename
      rule.category whole attack catdesc
      log.level whole level lvl severity
      url.original whole url
      url.domain whole hostname dstname
      http.request.method whole method
      http.response.status_code whole http_status
      user_agent.original whole agent user_agent
      file.name leaf filename
      process.name leaf process
      dns.question.name whole qname
      dns.question.type whole qtype
      host.name whole devname device_name dvc
      observer.serial_number whole devid sn device_id
      observer.ingress.interface.name whole srcintf in_interface
      observer.egress.interface.name whole dstintf out_interface
      """;
  private static final int DATE = Fields.id("kv.date");
  private static final int TIME = Fields.id("kv.time");
  private static final int ZONE = Fields.id("kv.tz");
  private static final int[] TIMES = {
    Fields.id("kv.eventtime"),
    TIME,
    Fields.id("kv.timestamp"),
    Fields.id("kv.ts"),
    Fields.id("kv.start_time")
  };
  private static final int[] LEVELS = {
    Fields.id("kv.level"), Fields.id("kv.lvl"), Fields.id("kv.pri"), Fields.id("kv.severity")
  };
  private static final int FORTIGATE_ID = Fields.id("kv.logid");
  private static final int SONICWALL_ID = Fields.id("kv.sn");
  private static final int DEVICE = Fields.id("kv.devid");

  private final VendorFields fields = new VendorFields(PREFIX);
  private final EcsCopies copies = new EcsCopies(PREFIX, TABLE);
  private byte[] stamp = new byte[64];

  @Override
  public String name() {
    return "kv";
  }

  /** At least three pairs, the first of them at once. */
  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = from;
    for (int pairs = 0; pairs < FEWEST; pairs++) {
      int equals = keyEnd(b, p, to);
      if (equals < 0) {
        return false;
      }
      p = skip(b, valueEnd(b, equals + 1, to), to);
    }
    return true;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int first = draft.into().filled();
    int pairs = 0;
    for (int p = skip(b, from, to); p < to && pairs < MOST; ) {
      int equals = keyEnd(b, p, to);
      if (equals < 0) {
        p = skip(b, Ascii.until(b, p, to, ' '), to);
        continue;
      }
      int end = valueEnd(b, equals + 1, to);
      int last = end > equals + 1 && b[end - 1] == ',' ? end - 1 : end;
      boolean single = last > equals + 2 && b[equals + 1] == '\'' && b[last - 1] == '\'';
      int inset = single ? 1 : 0;
      fields.add(draft, p, equals, equals + 1 + inset, last - inset, Escaped.QUOTED);
      pairs++;
      p = skip(b, end, to);
    }
    if (pairs == 0) {
      return "no key=value";
    }
    finish(draft, first);
    return null;
  }

  private void finish(EventDraft draft, int first) {
    var into = draft.into();
    copies.add(draft, first);
    boolean fortinet = into.findOpen(FORTIGATE_ID) >= 0 && into.findOpen(DEVICE) >= 0;
    boolean sonicwall = into.findOpen(SONICWALL_ID) >= 0 && into.findOpen(TIME) >= 0;
    draft.word(Fields.EVENT_DATASET, fortinet ? FORTINET : sonicwall ? SONICWALL : DATASET);
    time(draft);
    for (int i = 0; i < LEVELS.length; i++) {
      int k = into.findOpen(LEVELS[i]);
      if (k >= 0) {
        int from = into.start(k);
        draft.gradeWithoutPriority(Levels.code(into.bytes(k), from, from + into.length(k)));
      }
    }
  }

  private void time(EventDraft draft) {
    if (draft.occurredAt() != Micros.NONE && draft.into().findOpen(DATE) < 0) {
      return;
    }
    long at = Micros.NONE;
    for (int i = 0; i < TIMES.length && at == Micros.NONE; i++) {
      at = draft.timeOf(TIMES[i]);
    }
    if (at == Micros.NONE) {
      at = dateAndTime(draft);
    }
    if (at != Micros.NONE) {
      draft.occurredAt(at);
    }
  }

  /** {@code date=2026-03-10 time=06:00:14 tz="+0800"}. */
  private long dateAndTime(EventDraft draft) {
    int length = append(draft, DATE, 0);
    if (length == 0) {
      return Micros.NONE;
    }
    stamp[length++] = ' ';
    int withTime = append(draft, TIME, length);
    int all = append(draft, ZONE, withTime);
    return withTime == length ? Micros.NONE : draft.dates().any(stamp, 0, all);
  }

  private int append(EventDraft draft, int field, int at) {
    var into = draft.into();
    int k = into.findOpen(field);
    int length = k < 0 ? 0 : into.length(k);
    if (length == 0 || length > 18) {
      return at;
    }
    System.arraycopy(into.bytes(k), into.start(k), stamp, at, length);
    return at + length;
  }

  /** Index of the = after a key that begins here, or -1. */
  private static int keyEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && p - from <= LONGEST_KEY && isKey(b[p])) {
      p++;
    }
    boolean isKey = p > from && p < to && b[p] == '=' && !Ascii.isDigit(b[from]);
    return isKey && p - from <= LONGEST_KEY ? p : -1;
  }

  private static boolean isKey(byte c) {
    return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '_' || c == '-' || c == '.' || c == '@';
  }

  /** End of a value: after its closing quote, or before a space. */
  private static int valueEnd(byte[] b, int from, int to) {
    if (from >= to || (b[from] != '"' && b[from] != '\'')) {
      int p = from;
      while (p < to && b[p] != ' ' && b[p] != '\t' && b[p] != ';' && b[p] != '|') {
        p++;
      }
      return p;
    }
    int p = from + 1;
    while (p < to && b[p] != b[from]) {
      p += b[p] == '\\' ? 2 : 1;
    }
    return Math.min(p + 1, to);
  }

  private static int skip(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (b[p] == ' ' || b[p] == '\t' || b[p] == ',' || b[p] == ';' || b[p] == '|')) {
      p++;
    }
    return p;
  }
}
