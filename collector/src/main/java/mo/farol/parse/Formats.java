package mo.farol.parse;

import java.util.List;

/** The formats in the order in which they are asked whether a frame is theirs. */
final class Formats {
  private Formats() {}

  static List<Format> all(ParseConfig config, ZeekMemory memory) {
    var json = new Json(config, "json");
    var cef = new Cef();
    var leef = new Leef();
    var auditd = new Auditd();
    var panos = new PaloAlto();
    var zeek = new ZeekTsv(memory);
    var snort = new Snort();
    var squid = new Squid();
    var checkPoint = new CheckPoint();
    var pairs = new KeyValue();
    var message =
        new Message(
            List.of(json, cef, leef, auditd, panos, zeek, snort, squid, checkPoint),
            Refiners.standard(cef),
            List.of(pairs));
    var bsd = new Rfc3164(message);
    var syslog = new Syslog(new Rfc5424(message, bsd), bsd);
    return List.of(
        syslog,
        json,
        new Bare(cef),
        new Bare(leef),
        new Bare(auditd),
        new Bare(panos),
        new Bare(zeek),
        new Bare(snort),
        new Bare(squid),
        new Bare(checkPoint),
        new OnRequest(new Json(config, "gelf")),
        new OnRequest(new BulkItem(json)),
        new OnRequest(new HecEvent(json, message)),
        new OnRequest(new HecLine(syslog, message)),
        new OnRequest(new OtlpLog(config, message)),
        new Bare(pairs),
        new PlainText(message),
        new Unmarked(bsd, message));
  }
}
