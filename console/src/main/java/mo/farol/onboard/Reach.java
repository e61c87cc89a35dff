package mo.farol.onboard;

import java.util.Map;
import java.util.Set;

/**
 * How agencies reach the listeners.
 *
 * @param host name or address
 * @param ours whether the listeners show a certificate of our own authority
 * @param names that this certificate holds
 * @param ports port by key of the configuration, of the listeners that are on
 * @param own plain syslog port by agency
 */
public record Reach(
    String host,
    boolean ours,
    Set<String> names,
    Map<String, Integer> ports,
    Map<String, Integer> own) {
  public Reach {
    names = Set.copyOf(names);
    ports = Map.copyOf(ports);
    own = Map.copyOf(own);
  }

  /** The same by another name. */
  public Reach by(String other) {
    return new Reach(other, ours, names, ports, own);
  }
}
