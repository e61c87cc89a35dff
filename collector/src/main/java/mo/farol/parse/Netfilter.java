package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/** Kernel lines: packets that UFW or iptables logged, or any other. */
final class Netfilter implements Refiner {
  private static final byte[] KERNEL = bytes("kernel");
  private static final byte[] UFW_DATASET = bytes("ufw");
  private static final byte[] IPTABLES = bytes("iptables");
  private static final byte[] UFW = bytes("[UFW ");
  private static final byte[] IN = bytes("IN=");
  private static final byte[] SRC = bytes(" SRC=");
  private static final byte[][] BLOCKING = {
    bytes("BLOCK"), bytes("DROP"), bytes("REJECT"), bytes("DENY"), bytes("Deny"), bytes("drop")
  };
  private static final byte[][] ALLOWING = {bytes("ALLOW"), bytes("ACCEPT"), bytes("accept")};
  private static final byte[] DENIED = bytes("denied");
  private static final byte[] ALLOWED = bytes("allowed");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int in = find(b, from, Math.min(to, from + 128), IN);
    if (in < 0 || find(b, in, to, SRC) < 0) {
      draft.word(Fields.EVENT_DATASET, KERNEL);
      return;
    }
    boolean ufw = find(b, from, in, UFW) >= 0;
    draft.word(Fields.EVENT_DATASET, ufw ? UFW_DATASET : IPTABLES);
    draft.word(Fields.EVENT_CATEGORY, Words.NETWORK);
    action(draft, from, in);
    for (int p = in; p < to; ) {
      int end = Ascii.until(b, p, to, ' ');
      packet(draft, p, end);
      p = end + 1;
    }
  }

  private static void action(EventDraft draft, int from, int in) {
    if (hasAny(draft.bytes(), from, in, BLOCKING)) {
      draft.word(Fields.EVENT_ACTION, Words.BLOCK);
      draft.word(Names.EVENT_TYPE, DENIED);
    } else if (hasAny(draft.bytes(), from, in, ALLOWING)) {
      draft.word(Fields.EVENT_ACTION, Words.ALLOW);
      draft.word(Names.EVENT_TYPE, ALLOWED);
    }
  }

  private static boolean hasAny(byte[] b, int from, int to, byte[][] words) {
    for (byte[] word : words) {
      if (find(b, from, to, word) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** One {@code KEY=value}. */
  private static void packet(EventDraft draft, int from, int end) {
    byte[] b = draft.bytes();
    int equals = Ascii.find(b, from, Math.min(end, from + 8), '=');
    if (equals < 0 || equals + 1 == end) {
      return;
    }
    switch (equals - from) {
      case 2 -> draft.add(Names.INTERFACE_IN, equals + 1, end);
      case 3 -> three(draft, b[from], b[from + 1], equals + 1, end);
      case 5 -> transport(draft, equals + 1, end, b[from], b[from + 1]);
      default -> {}
    }
  }

  private static void three(EventDraft draft, byte first, byte second, int from, int end) {
    int field =
        switch ((first << 8) | second) {
          case ('S' << 8) | 'R' -> Fields.SOURCE_IP;
          case ('D' << 8) | 'S' -> Fields.DESTINATION_IP;
          case ('S' << 8) | 'P' -> Fields.SOURCE_PORT;
          case ('D' << 8) | 'P' -> Fields.DESTINATION_PORT;
          case ('O' << 8) | 'U' -> Names.INTERFACE_OUT;
          case ('L' << 8) | 'E' -> Names.BYTES;
          default -> -1;
        };
    if (field >= 0 && draft.into().findOpen(field) < 0) {
      draft.add(field, from, end);
    }
  }

  private static void transport(EventDraft draft, int from, int end, byte first, byte second) {
    if (first != 'P' || second != 'R' || draft.bytes()[from - 2] != 'O') {
      return;
    }
    byte[] word = Transport.word(draft.bytes(), from, end);
    if (word != null) {
      draft.word(Names.TRANSPORT, word);
    } else {
      draft.add(Names.TRANSPORT, from, end);
    }
  }
}
