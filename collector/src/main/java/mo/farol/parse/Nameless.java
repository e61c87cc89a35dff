package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

/** Messages whose program has no name: told by how they begin. */
final class Nameless implements Refiner {
  private static final byte[] INTERFACE = bytes("IN=");
  private static final byte[] UFW = bytes("[UFW ");
  private static final byte[] QUERY = bytes(": query: ");

  private final Refiner netfilter = new Netfilter();
  private final Refiner cisco = new Cisco();
  private final Refiner ise = new CiscoIse();
  private final Refiner named = new Named();
  private final AccessLog access = new AccessLog();

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (b[from] == '%') {
      cisco.refine(draft, from, to);
    } else if (Ascii.startsWith(b, from, to, INTERFACE) || Ascii.startsWith(b, from, to, UFW)) {
      netfilter.refine(draft, from, to);
    } else if (Ascii.startsWith(b, from, to, CiscoIse.MARK)) {
      ise.refine(draft, from, to);
    } else if (AccessLog.timeIn(b, from, to) > 0) {
      access.refine(draft, from, to);
    } else if (Ascii.find(b, from, Math.min(to, from + 400), QUERY) > 0) {
      named.refine(draft, from, to);
    }
  }
}
