package mo.farol.intake;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import mo.farol.wire.Network;
import mo.farol.wire.Places;

/**
 * Open connections of each peer's {@link Network}, a quarter of all places at most. This host has
 * half: relays and TLS ends on it speak for many senders under one address. Any event loop may
 * call.
 */
final class Peers {
  private final int all;
  private final Places<Long> places = new Places<>();

  /**
   * @param all places there are
   */
  Peers(int all) {
    this.all = all;
  }

  /** Whether there is room for one more connection of its peer; then it counts until it ends. */
  boolean enter(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress peer) || peer.getAddress() == null) {
      return true;
    }
    int most = peer.getAddress().isLoopbackAddress() ? all / 2 : all / 4;
    return places.enter(channel, Network.of(peer.getAddress()), most);
  }

  /** Peers with an open connection. */
  int size() {
    return places.size();
  }
}
