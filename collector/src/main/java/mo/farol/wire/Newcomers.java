package mo.farol.wire;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections that have not yet shown who they are: bounded in all and for each {@link Network}, so
 * that who only knocks never keeps the others out. Any event loop may call.
 */
final class Newcomers {
  private final int most;
  private final int mostOfOne;
  private final Map<Long, Integer> byNetwork = new HashMap<>();
  private int all;

  Newcomers(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Whether there is room for one more; then it counts until {@link #leave}, once, or its end. */
  boolean enter(Channel channel) {
    var network = Network.of(channel.remoteAddress());
    if (!take(network)) {
      return false;
    }
    var place = new Place(network);
    channel.attr(Place.KEY).set(place);
    channel.closeFuture().addListener(_ -> give(place));
    return true;
  }

  /** It has shown who it is. */
  void leave(Channel channel) {
    var place = channel.attr(Place.KEY).getAndSet(null);
    if (place != null) {
      give(place);
    }
  }

  synchronized int count() {
    return all;
  }

  private synchronized boolean take(Long network) {
    int ofOne = byNetwork.getOrDefault(network, 0);
    if (all >= most || ofOne >= mostOfOne) {
      return false;
    }
    all++;
    byNetwork.put(network, ofOne + 1);
    return true;
  }

  private synchronized void give(Place place) {
    if (!place.given) {
      place.given = true;
      all--;
      byNetwork.computeIfPresent(place.network, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private static final class Place {
    static final AttributeKey<Place> KEY = AttributeKey.valueOf(Newcomers.class, "place");
    final Long network;
    boolean given;

    Place(Long network) {
      this.network = network;
    }
  }
}
