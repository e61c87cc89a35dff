package mo.farol.wire;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open connections of each of many, bounded so that one never has all places. Any event loop may
 * call.
 *
 * @param <K> whose they are
 */
public final class Places<K> {
  private final Map<K, Integer> open = new ConcurrentHashMap<>();

  /** Whether there is room for one more connection of an owner; then it counts until it ends. */
  public boolean enter(Channel channel, K owner, int most) {
    if (open.merge(owner, 1, Integer::sum) > most) {
      leave(owner);
      return false;
    }
    channel.closeFuture().addListener(_ -> leave(owner));
    return true;
  }

  /** Owners with an open connection. */
  public int size() {
    return open.size();
  }

  private void leave(K owner) {
    open.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
  }
}
