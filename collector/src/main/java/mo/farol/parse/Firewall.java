package mo.farol.parse;

import mo.farol.event.Fields;

/**
 * Netfilter's log lines, with or without ufw's bracket: {@code [UFW BLOCK] IN=eth0 OUT= SRC=… DST=…
 * PROTO=TCP SPT=… DPT=…}.
 */
final class Firewall implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("firewall");
  private static final byte[] SOURCE = Cursor.ascii("SRC=");
  private static final byte[] INTERFACE = Cursor.ascii("IN=");
  private static final byte[] UFW = Cursor.ascii("[UFW ");
  private static final byte[] BLOCK = Cursor.ascii("BLOCK");
  private static final byte[] ALLOW = Cursor.ascii("ALLOW");
  private static final byte[] BLOCKED = Cursor.ascii("block");
  private static final byte[] ALLOWED = Cursor.ascii("allow");
  private static final Words<Integer> PARTS =
      Words.of(
          java.util.Map.of(
              "SRC", Fields.SOURCE_IP,
              "DST", Fields.DESTINATION_IP,
              "SPT", Fields.SOURCE_PORT,
              "DPT", Fields.DESTINATION_PORT,
              "PROTO", Name.TRANSPORT,
              "IN", Fields.id("observer.ingress.interface.name"),
              "OUT", Fields.id("observer.egress.interface.name"),
              "LEN", Fields.id("network.bytes")));

  @Override
  public void read(Line line) {
    var c = line.cursor;
    int in = c.find(INTERFACE);
    if (in < 0 || c.find(SOURCE) < 0) {
      return;
    }
    line.put(Fields.EVENT_DATASET, DATASET);
    line.put(Fields.EVENT_CATEGORY, Name.NETWORK);
    int ufw = c.find(UFW);
    if (ufw >= 0 && ufw < in) {
      c.at = ufw + UFW.length;
      verdict(line);
    }
    c.at = in;
    parts(line);
  }

  private static void verdict(Line line) {
    var c = line.cursor;
    if (c.startsWith(BLOCK)) {
      line.put(Fields.EVENT_ACTION, BLOCKED);
    } else if (c.startsWith(ALLOW)) {
      line.put(Fields.EVENT_ACTION, ALLOWED);
    }
  }

  private static void parts(Line line) {
    var c = line.cursor;
    while (!c.isAtEnd()) {
      int to = c.find(' ');
      int equals = c.find('=');
      if (equals < to) {
        var field = PARTS.find(c.bytes, c.at, equals);
        if (field != null) {
          line.put(field, equals + 1, to);
        }
      }
      c.at = Math.min(to + 1, c.end);
    }
  }
}
