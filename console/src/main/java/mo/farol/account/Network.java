package mo.farol.account;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation, RFC 4632: {@code 192.0.2.0/24}, {@code 2001:db8::/32}; a
 * single address without a length.
 *
 * @param text as it was given
 * @param address its first address, 4 or 16 bytes
 * @param bits how many of them are the range's
 */
public record Network(String text, List<Byte> address, int bits) {
  private static final Pattern FORM =
      Pattern.compile(
          "((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]{1,44})(?:/(\\d{1,3}))?");

  /** Reads one; throws {@link IllegalArgumentException} in one line. */
  public static Network parse(String text) {
    var form = FORM.matcher(text.strip());
    if (form.matches()) {
      var literal = literal(form.group(1));
      int most = literal.map(a -> a.length * Byte.SIZE).orElse(-1);
      int bits = form.group(2) == null ? most : Integer.parseInt(form.group(2));
      if (bits >= 0 && bits <= most) {
        return new Network(text.strip(), boxed(literal.orElseThrow()), bits);
      }
    }
    throw new IllegalArgumentException(
        "a network is written 192.0.2.0/24 or 2001:db8::/32, not '" + text + "'");
  }

  /** Whether an address, as text, lies in it; a text that is no address lies nowhere. */
  public boolean holds(String peer) {
    return literal(peer).filter(this::covers).isPresent();
  }

  private boolean covers(byte[] other) {
    if (other.length != address.size()) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((other[bit / Byte.SIZE] ^ address.get(bit / Byte.SIZE)) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<Byte> boxed(byte[] bytes) {
    var list = new Byte[bytes.length];
    Arrays.setAll(list, i -> bytes[i]);
    return List.of(list);
  }
}
