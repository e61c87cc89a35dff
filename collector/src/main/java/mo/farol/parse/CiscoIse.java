package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * Cisco's Identity Services Engine: {@code CISE_Passed_Authentications 0000370852 1 0 2014-08-07
 * 00:00:00.581 -07:00 0011266563 5200 NOTICE Passed-Authentication: Authentication succeeded,
 * UserName=a, …}. A long message comes in numbered parts, of which only part 0 has the head.
 */
final class CiscoIse implements Refiner {
  static final byte[] MARK = bytes("CISE_");
  private static final byte[] DATASET = bytes("cisco.ise");
  private static final byte[] PASSED = bytes("CISE_Passed");
  private static final byte[] FAILED = bytes("CISE_Failed");
  private static final byte[] SEPARATOR = bytes(", ");
  private static final byte[] COLON = bytes(": ");
  private static final int CATEGORY = Fields.id("cisco.ise.category");
  private static final int MESSAGE_ID = Fields.id("cisco.ise.message_id");
  private static final int PART = Fields.id("cisco.ise.part");
  private static final String PREFIX = "cisco.ise.";
  private static final String TABLE =
      """
      user.name leaf UserName User-Name AdminName
      source.ip whole Framed-IP-Address EndpointIPAddress AdminIPAddress
      source.mac whole EndpointMacAddress Calling-Station-ID
      destination.ip whole DestinationIPAddress
      destination.port whole DestinationPort
      network.application lower Protocol
      observer.ip whole Device_IP_Address NAS-IP-Address
      observer.hostname whole NetworkDeviceName NAS-Identifier
      event.reason whole FailureReason
      source.bytes whole Acct-Input-Octets
      destination.bytes whole Acct-Output-Octets
      source.packets whole Acct-Input-Packets
      destination.packets whole Acct-Output-Packets
      """;

  private final VendorFields fields = new VendorFields(PREFIX);
  private final EcsCopies copies = new EcsCopies(PREFIX, TABLE);

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    draft.word(Fields.EVENT_DATASET, DATASET);
    int first = draft.into().filled();
    int name = Ascii.until(b, from, to, ' ');
    draft.add(CATEGORY, from, name);
    int id = Ascii.until(b, Math.min(name + 1, to), to, ' ');
    draft.add(MESSAGE_ID, Math.min(name + 1, to), id);
    int total = Ascii.until(b, Math.min(id + 1, to), to, ' ');
    int part = Ascii.until(b, Math.min(total + 1, to), to, ' ');
    draft.add(PART, Math.min(total + 1, to), part);
    int text = head(draft, Math.min(part + 1, to), to);
    attempt(draft, from, to);
    pairs(draft, text, to);
    copies.add(draft, first);
  }

  /** {@code time zone sequence code LEVEL Class: text, }; gives the index of the pairs. */
  private static int head(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    long at = draft.dates().iso(b, from, to);
    if (at == Micros.NONE) {
      return from;
    }
    int zone = Ascii.skipSpaces(b, draft.dates().end(), to);
    int zoneEnd = ZoneWords.offsetEnd(b, zone, to);
    draft.occurredAt(
        zoneEnd == zone
            ? at
            : draft.dates().moved(at, -1, ZoneWords.offsetSeconds(b, zone, zoneEnd)));
    int sequence = Ascii.skipSpaces(b, zoneEnd, to);
    int code = Ascii.skipSpaces(b, Ascii.until(b, sequence, to, ' '), to);
    int codeEnd = Ascii.skipDigits(b, code, to);
    draft.add(Names.EVENT_CODE, code, codeEnd);
    int level = Ascii.skipSpaces(b, codeEnd, to);
    int levelEnd = Ascii.until(b, level, to, ' ');
    draft.add(Fields.LOG_LEVEL, level, levelEnd);
    draft.gradeWithoutPriority(Levels.code(b, level, levelEnd));
    int end = Ascii.find(b, levelEnd, to, SEPARATOR);
    int colon = end < 0 ? -1 : Ascii.find(b, levelEnd, end, COLON);
    draft.add(Fields.EVENT_ACTION, colon < 0 ? to : colon + COLON.length, end < 0 ? to : end);
    return end < 0 ? to : end + SEPARATOR.length;
  }

  private static void attempt(EventDraft draft, int from, int to) {
    boolean passed = Ascii.startsWith(draft.bytes(), from, to, PASSED);
    if (passed || Ascii.startsWith(draft.bytes(), from, to, FAILED)) {
      draft.word(Fields.EVENT_CATEGORY, Words.AUTHENTICATION);
      draft.word(Fields.EVENT_OUTCOME, passed ? Words.SUCCESS : Words.FAILURE);
    }
  }

  private void pairs(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    for (int p = from; p < to; ) {
      int end = valueEnd(b, p, to);
      int equals = Ascii.find(b, p, end, '=');
      if (equals > p) {
        int value = Ascii.skipSpaces(b, equals + 1, end);
        fields.addSpaced(draft, p, equals, value, end, Escaped.LISTED);
      }
      p = Ascii.skipSpaces(b, Math.min(end + 1, to), to);
    }
  }

  /** Index of the next comma that is not escaped, or {@code to}. */
  private static int valueEnd(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != ',') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return Math.min(p, to);
  }
}
