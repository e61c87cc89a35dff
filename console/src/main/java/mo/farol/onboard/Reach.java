package mo.farol.onboard;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How agencies reach the listeners.
 *
 * @param host name or address
 * @param ours whether the listeners show a certificate of our own authority
 * @param names that this certificate holds
 * @param ports port by key of the configuration, of the listeners that are on; one of a single
 *     agency has its id behind the key
 * @param agency whose the listeners are that belong to none
 */
public record Reach(
    String host, boolean ours, Set<String> names, Map<String, Integer> ports, String agency) {
  public Reach {
    names = Set.copyOf(names);
    ports = Map.copyOf(ports);
  }

  /** The same by another name. */
  public Reach by(String other) {
    return new Reach(other, ours, names, ports, agency);
  }

  /** The port where whatever arrives is this agency's. */
  Optional<Integer> own(String key, String of) {
    var own = ports.get(key + "." + of);
    return own == null && of.equals(agency)
        ? Optional.ofNullable(ports.get(key))
        : Optional.ofNullable(own);
  }

  /** The port an agency should use: its own, else that of all. */
  Optional<Integer> port(String key, String of) {
    return own(key, of).or(() -> Optional.ofNullable(ports.get(key)));
  }
}
