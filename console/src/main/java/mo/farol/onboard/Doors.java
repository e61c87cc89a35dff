package mo.farol.onboard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The listeners as this machine itself reaches them.
 *
 * @param bound by key of the configuration; one of a single agency has its id behind the key
 * @param agency whose the listeners are that belong to none
 * @param tlsOnly whether ports that take both refuse plain connections
 * @param byLine keys of listeners where a line feed alone ends a message
 */
public record Doors(
    Map<String, InetSocketAddress> bound, String agency, boolean tlsOnly, Set<String> byLine) {
  public Doors {
    bound = Map.copyOf(bound);
    byLine = Set.copyOf(byLine);
  }

  /** Where whatever arrives is this agency's. */
  Optional<InetSocketAddress> own(String key, String of) {
    var own = at(key + "." + of);
    return own.isEmpty() && of.equals(agency) ? at(key) : own;
  }

  /** Whether a line feed alone ends a message where whatever arrives is this agency's. */
  boolean isByLine(String key, String of) {
    return byLine.contains(bound.containsKey(key + "." + of) ? key + "." + of : key);
  }

  /** Where an agency sends: its own listener, else that of all. */
  Optional<InetSocketAddress> any(String key, String of) {
    return own(key, of).or(() -> at(key));
  }

  private Optional<InetSocketAddress> at(String key) {
    return Optional.ofNullable(bound.get(key)).map(Doors::reached);
  }

  private static InetSocketAddress reached(InetSocketAddress at) {
    return at.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), at.getPort())
        : at;
  }
}
