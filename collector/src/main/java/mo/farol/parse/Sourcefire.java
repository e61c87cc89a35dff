package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/**
 * Sourcefire's and early Firepower's syslog, {@code SFIMS}: {@code [engine][policy] Connection
 * Type: Start, User: Unknown, …, {TCP} 192.0.2.1:5 -> 192.0.2.2:6}, and alerts as Snort's.
 */
final class Sourcefire implements Refiner {
  private static final Kind CONNECTION = Kind.of("sourcefire.connection", "network", "");
  private static final String PREFIX = "sourcefire.";
  private static final byte[] SEPARATOR = bytes(", ");
  private static final byte[] COLON = bytes(": ");
  private static final byte[] UNKNOWN = bytes("Unknown");
  private static final byte[] ABSENT = bytes("N/A");
  private static final int ENGINE = Fields.id("sourcefire.engine");
  private static final String TABLE =
      """
      user.name leaf User
      network.application lower Application_Protocol Web_App Client
      rule.name whole Firewall_Rule_Name Access_Control_Rule_Name
      event.action lower Firewall_Rule_Action Access_Control_Rule_Action
      event.reason whole Firewall_Rule_Reasons
      url.original whole URL
      observer.ingress.interface.name whole Interface_Ingress
      observer.egress.interface.name whole Interface_Egress
      observer.ingress.zone whole Security_Zone_Ingress
      observer.egress.zone whole Security_Zone_Egress
      source.bytes whole Initiator_Bytes
      destination.bytes whole Responder_Bytes
      source.packets whole Initiator_Packets
      destination.packets whole Responder_Packets
      """;

  private final SnortAlert alert = new SnortAlert();
  private final VendorFields fields = new VendorFields(PREFIX);
  private final EcsCopies copies = new EcsCopies(PREFIX, TABLE);

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from >= to || b[from] != '[') {
      return;
    }
    if (SnortAlert.begins(b, from, to)) {
      alert.refine(draft, from, to);
      return;
    }
    CONNECTION.addTo(draft);
    int first = draft.into().filled();
    int close = Ascii.until(b, from, to, ']');
    draft.add(ENGINE, from + 1, close);
    int flow = Ascii.until(b, close, to, '{');
    pairs(draft, texts(b, close, flow), flow);
    copies.add(draft, first);
    SnortAlert.flow(draft, flow, to);
  }

  /** Index behind the brackets at the start. */
  private static int texts(byte[] b, int from, int to) {
    int p = from;
    while (p + 1 < to && b[p] == ']' && b[p + 1] == '[') {
      p = Ascii.until(b, p + 1, to, ']');
    }
    return Ascii.skipSpaces(b, Math.min(p + 1, to), to);
  }

  private void pairs(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    for (int p = from; p < to; ) {
      int end = Ascii.find(b, p, to, SEPARATOR);
      int last = end < 0 ? to : end;
      int colon = Ascii.find(b, p, last, COLON);
      int value = colon + COLON.length;
      boolean says =
          colon > 0 && !Ascii.is(b, value, last, UNKNOWN) && !Ascii.is(b, value, last, ABSENT);
      if (says) {
        fields.addSpaced(draft, p, colon, value, Ascii.trimSpaces(b, value, last), Escaped.NONE);
      }
      p = end < 0 ? to : end + SEPARATOR.length;
    }
  }
}
