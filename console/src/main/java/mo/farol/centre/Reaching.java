package mo.farol.centre;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.intake.Input;
import mo.farol.intake.PinnedListener;
import mo.farol.onboard.Doors;
import mo.farol.onboard.Reach;
import mo.farol.syslog.Framing;

/** How the listeners are reached, by agencies and by ourselves. */
public final class Reaching {
  private Reaching() {}

  /** As the configuration says, for a centre that does not run; ports it leaves open are absent. */
  public static Map<String, Integer> configured(Config config) {
    var ports = new HashMap<String, Integer>();
    Arrays.stream(Key.values())
        .filter(key -> key.isPort() && key.key().startsWith("intake."))
        .forEach(key -> ports.put(key.key(), config.port(key)));
    config.senders().pinned().forEach(one -> ports.put(one.key(), one.port()));
    ports.values().removeIf(port -> port <= 0);
    return ports;
  }

  /** Ports of what was really bound. */
  static Map<String, Integer> bound(Map<String, InetSocketAddress> listeners) {
    return listeners.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getPort()));
  }

  /**
   * What agencies go by.
   *
   * @param ports of all listeners, those of single agencies included
   */
  public static Reach of(Config config, Map<String, Integer> ports) {
    boolean ours = config.senders().listenersOwn().isEmpty();
    var names = config.senders().listenersNames();
    return new Reach(
        host(config),
        ours,
        ours ? names : Set.of(),
        ports,
        config.text(Key.INTAKE_AGENCY),
        byLine(config));
  }

  /** The listeners as this machine itself reaches them. */
  static Doors doors(Config config, Map<String, InetSocketAddress> listeners) {
    return new Doors(
        listeners,
        config.text(Key.INTAKE_AGENCY),
        config.flag(Key.INTAKE_TLS_REQUIRED),
        byLine(config));
  }

  // By key, as listeners are: where an octet count would be taken for text.
  private static Set<String> byLine(Config config) {
    var shared =
        config.senders().framing(Key.INTAKE_FRAMING_TCP) == Framing.LF
            ? Stream.of(Input.SYSLOG_TCP.key())
            : Stream.<String>empty();
    var own =
        config.senders().pinned().stream()
            .filter(one -> one.framing() == Framing.LF)
            .map(PinnedListener::key);
    return Stream.concat(shared, own).collect(Collectors.toSet());
  }

  private static String host(Config config) {
    var names = config.list(Key.INTAKE_TLS_NAMES);
    if (!names.isEmpty()) {
      return names.getFirst();
    }
    String bind = config.text(Key.BIND);
    return bind.matches("0\\.0\\.0\\.0|::") ? machine() : bind;
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "127.0.0.1";
    }
  }
}
