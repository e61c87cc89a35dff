package mo.farol.sigma;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** A range of addresses in CIDR notation, RFC 4632 and RFC 4291 section 2.3. */
public final class Network {
  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads {@code address/bits}; an address alone means itself, bits of the host are left out of
   * account. {@code ::ffff:10.0.0.0/104} is {@code 10.0.0.0/8}. Empty when it is neither.
   */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    String head = slash < 0 ? text : text.substring(0, slash);
    var address = head.indexOf('%') >= 0 ? Optional.<byte[]>empty() : address(head);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int most = address.get().length * 8;
    int mapped = most == 32 && head.indexOf(':') >= 0 ? 96 : 0;
    String tail = slash < 0 ? Integer.toString(most + mapped) : text.substring(slash + 1);
    int bits = tail.matches("[0-9]{1,3}") ? Integer.parseInt(tail) - mapped : -1;
    return bits < 0 || bits > most
        ? Optional.empty()
        : Optional.of(new Network(address.get(), bits));
  }

  /**
   * The bytes of a literal IPv4 or IPv6 address; never asks a name server. The zone of an IPv6
   * address (RFC 4007, {@code fe80::1%eth0}) says nothing about its network; an IPv4 address
   * written as IPv6 is the IPv4 address.
   */
  public static Optional<byte[]> address(String withZone) {
    int zone = withZone.indexOf('%');
    boolean v6 = withZone.indexOf(':') >= 0;
    String text = v6 && zone > 0 ? withZone.substring(0, zone) : withZone;
    if (text.length() > 45 || !(v6 ? text.matches("[0-9A-Fa-f:.]+") : isDotted(text))) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a literal address lies in this network; anything else does not. */
  public boolean contains(String text) {
    return address(text).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] other) {
    return contains(other, other.length);
  }

  /**
   * Whether an address lies in this network.
   *
   * @param other holds its bytes
   * @param length of the address: 4 or 16
   */
  public boolean contains(byte[] other, int length) {
    if (length != address.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(other, 0, whole, address, 0, whole)) {
      return false;
    }
    int mask = bits % 8 == 0 ? 0 : (0xff << (8 - bits % 8)) & 0xff;
    return mask == 0 || ((other[whole] ^ address[whole]) & mask) == 0;
  }

  /** Bytes of its address: 4 or 16. */
  public byte[] address() {
    return address.clone();
  }

  /** How many leading bits count. */
  public int bits() {
    return bits;
  }

  private static boolean isDotted(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && bits == that.bits
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }
}
