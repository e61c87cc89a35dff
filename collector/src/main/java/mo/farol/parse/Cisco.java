package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/**
 * {@code %ASA-6-302014: Teardown TCP connection 1 for outside:192.0.2.1/80 to inside:…}, {@code
 * %SYS-5-CONFIG_I: …}: code, level and what the sentence says. Source and destination are taken in
 * the sentence's order, so that the lines of one connection agree; {@code network.direction} says
 * who opened it. The action is the sentence's own verb; {@code event.type} says denied or allowed.
 */
final class Cisco implements Refiner {
  private static final byte[] ASA = bytes("cisco.asa");
  private static final byte[] IOS = bytes("cisco.ios");
  private static final byte[] ASA_MARK = bytes("%ASA-");
  private static final byte[] FTD_MARK = bytes("%FTD-");
  private static final byte[] PIX_MARK = bytes("%PIX-");
  private static final byte[] FWSM_MARK = bytes("%FWSM-");
  private static final byte[][] PACKETS = {
    bytes("3020"),
    bytes("305"),
    bytes("1060"),
    bytes("106100"),
    bytes("710"),
    bytes("609"),
    bytes("313")
  };

  private final CiscoSentence sentence = new CiscoSentence();
  private final CiscoPairs pairs = new CiscoPairs();
  private final CiscoFlow flow = new CiscoFlow();

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int colon = Ascii.find(b, from, Math.min(to, from + 64), ':');
    if (colon < 0) {
      return;
    }
    boolean firewall = Text.after(b, from, to, ASA_MARK, FTD_MARK, PIX_MARK, FWSM_MARK) > 0;
    draft.word(Fields.EVENT_DATASET, firewall ? ASA : IOS);
    int end = b[colon - 1] == ' ' ? colon - 1 : colon;
    draft.add(Names.CISCO_CODE, from + 1, end);
    int code = Ascii.findLast(b, from, end, '-') + 1;
    draft.add(Names.EVENT_CODE, code, end);
    if (firewall) {
      draft.word(Fields.EVENT_CATEGORY, Words.NETWORK);
    }
    level(draft, from, code);
    if (flow.claims(b, code, end)) {
      flow.read(draft, colon + 1, to);
      return;
    }
    sentence.read(draft, colon + 1, to);
    if (!isPacket(b, code, end)) {
      pairs.read(draft, code, end, colon + 1, to);
    }
  }

  /** The digit before the code is the severity where no priority said one. */
  private static void level(EventDraft draft, int from, int code) {
    byte[] b = draft.bytes();
    int level = code > from + 3 ? b[code - 2] - '0' : -1;
    if (level >= 0 && level <= 7 && b[code - 3] == '-') {
      draft.gradeWithoutPriority(level);
    }
  }

  /** Whether a message is of the many that tell of packets and connections alone. */
  private static boolean isPacket(byte[] b, int from, int to) {
    for (byte[] start : PACKETS) {
      if (Ascii.startsWith(b, from, to, start)) {
        return true;
      }
    }
    return false;
  }
}
