package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import org.jspecify.annotations.Nullable;

/** Transport protocols as ECS writes them: in lower case, by name or IANA number. */
final class Transport {
  private static final byte[][] NAMES = {
    bytes("tcp"), bytes("udp"), bytes("icmp"), bytes("icmpv6"), bytes("gre"), bytes("esp"),
    bytes("sctp"), bytes("igmp"), bytes("ah"), bytes("eigrp"), bytes("ospf"), bytes("pim")
  };
  private static final int[] NUMBERS = {6, 17, 1, 58, 47, 50, 132, 2, 51, 88, 89, 103};

  private Transport() {}

  /** The word for what a sender wrote, or null where it is none we know. */
  static byte @Nullable [] word(byte[] b, int from, int to) {
    for (byte[] name : NAMES) {
      if (name.length == to - from && Ascii.isSame(b, from, name)) {
        return name;
      }
    }
    int number = Ascii.number(b, from, to);
    for (int i = 0; i < NUMBERS.length && number > 0; i++) {
      if (NUMBERS[i] == number) {
        return NAMES[i];
      }
    }
    return null;
  }
}
