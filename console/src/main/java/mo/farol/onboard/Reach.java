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
 * @param byLine keys of listeners where a line feed alone ends a message
 */
public record Reach(
    String host,
    boolean ours,
    Set<String> names,
    Map<String, Integer> ports,
    String agency,
    Set<String> byLine) {
  public Reach {
    names = Set.copyOf(names);
    ports = Map.copyOf(ports);
    byLine = Set.copyOf(byLine);
  }

  /** Where no listener insists on a line feed. */
  public Reach(
      String host, boolean ours, Set<String> names, Map<String, Integer> ports, String agency) {
    this(host, ours, names, ports, agency, Set.of());
  }

  /** The same by another name. */
  public Reach by(String other) {
    return new Reach(other, ours, names, ports, agency, byLine);
  }

  /** The port where whatever arrives is this agency's. */
  Optional<Integer> own(String key, String of) {
    var own = ports.get(key + "." + of);
    return own == null && of.equals(agency)
        ? Optional.ofNullable(ports.get(key))
        : Optional.ofNullable(own);
  }

  /** Whether a line feed alone ends a message at the port that is this agency's. */
  boolean isByLine(String key, String of) {
    return byLine.contains(ports.containsKey(key + "." + of) ? key + "." + of : key);
  }

  /** The port an agency should use: its own, else that of all. */
  Optional<Integer> port(String key, String of) {
    return own(key, of).or(() -> Optional.ofNullable(ports.get(key)));
  }
}
