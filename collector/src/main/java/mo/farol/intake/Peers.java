package mo.farol.intake;

import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open connections of each peer, bounded so that one never has all places: an IPv4 address, or the
 * first 64 bits of an IPv6 address, for one host has as many addresses as it likes. This host's own
 * are not counted. Any event loop may call.
 */
final class Peers {
  private static final int NETWORK_BYTES = 8;

  private final int mostOfOne;
  private final Map<ByteBuffer, Integer> open = new ConcurrentHashMap<>();

  Peers(int mostOfOne) {
    this.mostOfOne = mostOfOne;
  }

  /** Whether there is room for one more connection of its peer; then it counts until it ends. */
  boolean enter(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress peer)
        || peer.getAddress() == null
        || peer.getAddress().isLoopbackAddress()) {
      return true;
    }
    var key = key(peer.getAddress());
    if (open.merge(key, 1, Integer::sum) > mostOfOne) {
      leave(key);
      return false;
    }
    channel.closeFuture().addListener(_ -> leave(key));
    return true;
  }

  /** Peers with an open connection. */
  int size() {
    return open.size();
  }

  private void leave(ByteBuffer key) {
    open.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  private static ByteBuffer key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(bytes, 0, NETWORK_BYTES)
        : ByteBuffer.wrap(bytes);
  }
}
