package mo.farol.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a peer counts as where its share is bounded: its IPv4 address, or the first 64 bits of its
 * IPv6 address, for one host has as many of these as it likes. A {@code Long}, so that a table of
 * them stays a tree whichever a sender chooses.
 */
public final class Network {
  private Network() {}

  public static Long of(InetAddress address) {
    byte[] bytes = address.getAddress();
    var in = ByteBuffer.wrap(bytes);
    return bytes.length == Integer.BYTES ? in.getInt() & 0xffff_ffffL : in.getLong();
  }

  /** Of a connection's other end; 0 where it has no address. */
  static Long of(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress inet && inet.getAddress() != null
        ? of(inet.getAddress())
        : 0L;
  }
}
