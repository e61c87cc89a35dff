package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import org.jspecify.annotations.Nullable;

/** Transport protocols as ECS writes them: in lower case, by name or IANA number. */
final class Transport {
  private static final byte[][] NAMES = {
    bytes("tcp"), bytes("udp"), bytes("icmp"), bytes("icmpv6"), bytes("gre"), bytes("esp")
  };

  private Transport() {}

  /** The word for what a sender wrote, or null where it is none we know. */
  static byte @Nullable [] word(byte[] b, int from, int to) {
    for (byte[] name : NAMES) {
      if (name.length == to - from && Ascii.isSame(b, from, name)) {
        return name;
      }
    }
    return switch (Ascii.number(b, from, to)) {
      case 1 -> NAMES[2];
      case 6 -> NAMES[0];
      case 17 -> NAMES[1];
      case 47 -> NAMES[4];
      case 50 -> NAMES[5];
      case 58 -> NAMES[3];
      default -> null;
    };
  }
}
