package mo.farol.search;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** An IPv4 or IPv6 network, RFC 4632 and RFC 4291 section 2.3. Never asks a name server. */
final class Networks {
  private final byte[] base;
  private final int bits;

  private Networks(byte[] base, int bits) {
    this.base = base;
    this.bits = bits;
  }

  /** The network of {@code address/bits}; empty when it is none. */
  static Optional<Networks> parse(String text) {
    int slash = text.indexOf('/');
    var base = address(text.substring(0, slash));
    int bits = Integer.parseInt(text.substring(slash + 1));
    return base.filter(b -> bits <= b.length * 8).map(b -> new Networks(b, bits));
  }

  /** Whether a literal address lies in it. */
  boolean holds(String text) {
    var address = address(text);
    return address.isPresent()
        && address.get().length == base.length
        && sharesPrefix(address.get());
  }

  private boolean sharesPrefix(byte[] address) {
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != base[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || (address[whole] & 0xff) >> 8 - rest == (base[whole] & 0xff) >> 8 - rest;
  }

  private static Optional<byte[]> address(String text) {
    boolean literal = text.indexOf(':') >= 0 || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    if (!literal || !text.matches("[0-9a-fA-F:.]{2,45}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
