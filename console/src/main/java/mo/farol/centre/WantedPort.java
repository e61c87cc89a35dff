package mo.farol.centre;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A port that a listener is to have.
 *
 * @param key whose value says so
 * @param port 1 to 65535
 * @param protocol TCP and UDP have ports of their own
 */
public record WantedPort(String key, int port, Protocol protocol) {
  /** What is spoken on it. */
  public enum Protocol {
    TCP,
    UDP
  }

  private record Place(int port, Protocol protocol) {}

  /** Ports that a configuration names; those that can't be read are left out. */
  public static List<WantedPort> of(Config config) {
    var all = new ArrayList<WantedPort>();
    for (var key : Arrays.stream(Key.values()).filter(Key::isPort).toList()) {
      add(all, key.key(), () -> config.port(key));
    }
    try {
      config.senders().pinned().forEach(own -> add(all, own.key(), own::port));
    } catch (Usage e) {
      return all; // told with the configuration
    }
    return all;
  }

  /** What is wrong where several keys want one port, one text for each such port. */
  public static List<String> clashes(List<WantedPort> wanted) {
    Map<Place, List<String>> keys = new LinkedHashMap<>();
    wanted.forEach(
        each ->
            keys.computeIfAbsent(new Place(each.port, each.protocol), _ -> new ArrayList<>())
                .add(each.key));
    return keys.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(
            entry ->
                "%s want the same port %d %s: give each a port of its own, 0 for any free one"
                    .formatted(
                        String.join(" and ", entry.getValue()),
                        entry.getKey().port(),
                        entry.getKey().protocol()))
        .toList();
  }

  /** Throws a Usage where several keys want one port. */
  static void check(Config config) {
    Optional<String> clash = clashes(of(config)).stream().findFirst();
    if (clash.isPresent()) {
      throw new Usage(clash.get());
    }
  }

  private static void add(List<WantedPort> all, String key, IntSupplier reading) {
    try {
      int port = reading.getAsInt();
      for (var protocol : port > 0 ? protocols(key) : List.<Protocol>of()) {
        all.add(new WantedPort(key, port, protocol));
      }
    } catch (Usage e) {
      return; // told with the configuration
    }
  }

  private static List<Protocol> protocols(String key) {
    if (key.startsWith(Key.INTAKE_SYSLOG_UDP.key())) {
      return List.of(Protocol.UDP);
    }
    return key.startsWith(Key.INTAKE_GELF.key())
        ? List.of(Protocol.TCP, Protocol.UDP)
        : List.of(Protocol.TCP);
  }

  @Override
  public String toString() {
    return "%s=%d %s".formatted(key, port, protocol);
  }
}
