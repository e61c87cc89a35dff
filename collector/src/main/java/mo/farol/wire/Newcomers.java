package mo.farol.wire;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections that have not yet shown who they are: bounded in all and for each address, so that
 * who only knocks never keeps the others out. Any event loop may call.
 */
final class Newcomers {
  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int all;

  Newcomers(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Whether there is room for one more; then it counts until {@link #leave}, once, or its end. */
  boolean enter(Channel channel) {
    String address = Peer.of(channel.remoteAddress());
    if (!take(address)) {
      return false;
    }
    var place = new Place(address);
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

  private synchronized boolean take(String address) {
    int ofOne = byAddress.getOrDefault(address, 0);
    if (all >= most || ofOne >= mostOfOne) {
      return false;
    }
    all++;
    byAddress.put(address, ofOne + 1);
    return true;
  }

  private synchronized void give(Place place) {
    if (!place.given) {
      place.given = true;
      all--;
      byAddress.computeIfPresent(place.address, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private static final class Place {
    static final AttributeKey<Place> KEY = AttributeKey.valueOf(Newcomers.class, "place");
    final String address;
    boolean given;

    Place(String address) {
      this.address = address;
    }
  }
}
