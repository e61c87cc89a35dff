package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/**
 * {@code %ASA-6-302014: Teardown TCP connection 1 for outside:192.0.2.1/80 to inside:…}: the
 * sentences differ by code, but name protocol, source and destination with the same few words.
 */
final class CiscoAsa implements Refiner {
  private static final byte[] ASA = bytes("cisco.asa");
  private static final byte[] IOS = bytes("cisco.ios");
  private static final byte[] ASA_MARK = bytes("%ASA-");
  private static final byte[] FTD_MARK = bytes("%FTD-");
  private static final byte[] TRANSLATION = bytes("translation");
  private static final byte[][] VERBS = {
    bytes("Built"),
    bytes("Teardown"),
    bytes("Deny"),
    bytes("Denied"),
    bytes("denied"),
    bytes("discarded"),
    bytes("permitted"),
    bytes("Dropped"),
    bytes("Accessed")
  };
  private static final byte[][] ACTIONS = {
    bytes("built"),
    bytes("teardown"),
    bytes("deny"),
    bytes("deny"),
    bytes("deny"),
    bytes("discarded"),
    bytes("permitted"),
    bytes("dropped"),
    bytes("accessed")
  };
  private static final byte[][] SOURCE = {
    bytes("from"), bytes("for"), bytes("src"), bytes("laddr")
  };
  private static final byte[][] DESTINATION = {bytes("to"), bytes("dst"), bytes("faddr")};

  @Override
  public void refine(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int colon = find(b, from, Math.min(to, from + 64), ':');
    if (colon < 0) {
      return;
    }
    boolean firewall = Text.after(b, from, to, ASA_MARK, FTD_MARK) > 0;
    draft.word(Fields.EVENT_DATASET, firewall ? ASA : IOS);
    draft.add(Names.CISCO_CODE, from + 1, colon);
    draft.add(Names.EVENT_CODE, Ascii.findLast(b, from, colon, '-') + 1, colon);
    if (firewall) {
      draft.word(Fields.EVENT_CATEGORY, Words.NETWORK);
      sentence(draft, colon + 1, to);
    }
  }

  private static void sentence(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    boolean isTranslation = find(b, from, to, TRANSLATION) > 0;
    int beforeFrom = from;
    int beforeTo = from;
    for (int p = Ascii.skipSpaces(b, from, to); p < to; ) {
      int end = Ascii.until(b, p, to, ' ');
      boolean isSource = isOne(b, beforeFrom, beforeTo, SOURCE);
      boolean isTarget = !isTranslation && isOne(b, beforeFrom, beforeTo, DESTINATION);
      int address = isSource ? Fields.SOURCE_IP : Fields.DESTINATION_IP;
      int port = isSource ? Fields.SOURCE_PORT : Fields.DESTINATION_PORT;
      if (!(isSource || isTarget) || !endpoint(draft, address, port, p, end)) {
        word(draft, p, end);
      }
      beforeFrom = p;
      beforeTo = end;
      p = Ascii.skipSpaces(b, end, to);
    }
  }

  private static void word(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    var into = draft.into();
    byte[] transport = to - from > 6 ? null : Transport.word(b, from, to);
    if (transport != null && !Ascii.isDigit(b[from]) && into.findOpen(Names.TRANSPORT) < 0) {
      draft.word(Names.TRANSPORT, transport);
      return;
    }
    for (int i = 0; i < VERBS.length; i++) {
      if (Ascii.is(b, from, to, VERBS[i]) && into.findOpen(Fields.EVENT_ACTION) < 0) {
        draft.word(Fields.EVENT_ACTION, ACTIONS[i]);
      }
    }
  }

  /** {@code outside:192.0.2.1/80(LOCAL\name)}, of which interface, port and name may be missing. */
  private static boolean endpoint(Draft draft, int addressField, int portField, int from, int to) {
    byte[] b = draft.bytes();
    int name = find(b, from, to, '(');
    int end = name < 0 ? to : name;
    int slash = Ascii.findLast(b, from, end, '/');
    int addressEnd = slash < 0 ? end : slash;
    int colon = find(b, from, addressEnd, ':');
    boolean whole = Text.isAddress(b, from, addressEnd);
    int start = whole || colon < 0 ? from : colon + 1;
    if (!Text.isAddress(b, start, addressEnd) || draft.into().findOpen(addressField) >= 0) {
      return false;
    }
    draft.add(addressField, start, addressEnd);
    if (slash > 0) {
      draft.add(portField, slash + 1, Ascii.skipDigits(b, slash + 1, end));
    }
    return true;
  }

  private static boolean isOne(byte[] b, int from, int to, byte[][] words) {
    for (byte[] word : words) {
      if (Ascii.is(b, from, to, word)) {
        return true;
      }
    }
    return false;
  }
}
