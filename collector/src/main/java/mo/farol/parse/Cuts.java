package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import java.util.Arrays;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Ways in which a sender's value becomes one of ECS. Each gives the bytes to keep: an empty array
 * for the value as it is, null for nothing.
 */
final class Cuts {
  private static final byte[] AS_IT_IS = {};
  private static final byte[][] GOOD = words("success succeeded successful ok allowed 0");
  private static final byte[][] BAD = words("failure failed fail error denied unsuccessful 1");
  private static final byte[] INBOUND = bytes("inbound");
  private static final byte[] OUTBOUND = bytes("outbound");

  private Cuts() {}

  /** The number that {@code 0x1f4} writes, or -1. */
  static long hexadecimal(byte[] b, int from, int to) {
    if (to - from < 3 || to - from > 17 || b[from] != '0' || (b[from + 1] | 0x20) != 'x') {
      return -1;
    }
    long value = 0;
    for (int i = from + 2; i < to; i++) {
      int digit = Character.digit(b[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  static byte @Nullable [] time(long micros) {
    return micros == Micros.NONE ? null : bytes(Micros.toInstant(micros).toString());
  }

  static byte[] outcome(byte[] b, int from, int to) {
    if (isOne(b, from, to, GOOD)) {
      return Words.SUCCESS;
    }
    return isOne(b, from, to, BAD) ? Words.FAILURE : AS_IT_IS;
  }

  static byte[] direction(byte[] b, int from, int to) {
    if (to - from != 1) {
      return AS_IT_IS;
    }
    return b[from] == '0' ? INBOUND : b[from] == '1' ? OUTBOUND : AS_IT_IS;
  }

  /** End of the address at the start of a value. */
  static int addressEnd(byte[] b, int from, int to) {
    int colon = Ascii.until(b, from, to, ':');
    return colon < to && Text.isAddress(b, from, colon) ? colon : to;
  }

  /** Start of the port in {@code address:port:interface}; the value itself where it is a number. */
  static int portStart(byte[] b, int from, int to) {
    int end = addressEnd(b, from, to);
    return end < to ? end + 1 : Ascii.skipDigits(b, from, to) == to ? from : to;
  }

  /** The protocol's name, or the value as it is where it is none we know. */
  static byte[] transport(byte[] b, int from, int to) {
    byte[] known = Transport.word(b, from, to);
    return known == null ? AS_IT_IS : known;
  }

  /** A digest of so many hexadecimal digits as it is; nothing of another value. */
  static byte @Nullable [] digest(byte[] b, int from, int to, int digits) {
    return isDigest(b, from, to, digits) ? AS_IT_IS : null;
  }

  private static boolean isDigest(byte[] b, int from, int to, int digits) {
    if (to - from != digits) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Character.digit(b[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOne(byte[] b, int from, int to, byte[][] words) {
    for (byte[] word : words) {
      if (word.length == to - from && Ascii.isSame(b, from, word)) {
        return true;
      }
    }
    return false;
  }

  private static byte[][] words(String list) {
    return Arrays.stream(list.split(" ", -1)).map(Ascii::bytes).toArray(byte[][]::new);
  }
}
