package mo.farol.doctor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Key;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;

/** Whether the listeners' ports are free, or the running centre's, or whose. */
final class PortLook {
  private enum Protocol {
    TCP,
    UDP
  }

  /** A port that a listener is to have. */
  private record Wanted(String key, int port, Protocol protocol) {
    boolean isUdp() {
      return protocol == Protocol.UDP;
    }

    @Override
    public String toString() {
      return "%s=%d %s".formatted(key, port, protocol);
    }
  }

  private static final int LAST_OF_ROOT = 1_023;

  private PortLook() {}

  static void at(Remarks remarks, Home home, Config config) throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(config.text(Key.BIND));
      new ServerSocket(0, 1, address).close();
    } catch (IOException e) {
      remarks.fail(
          "ports", "nothing can listen on bind=%s (%s)", config.text(Key.BIND), e.getMessage());
      return;
    }
    var running = running(home);
    var free = new ArrayList<String>();
    for (var wanted : wanted(config)) {
      look(remarks, wanted, new InetSocketAddress(address, wanted.port()), running, free);
    }
    if (!free.isEmpty()) {
      remarks.ok("ports", "free: %s", String.join(", ", free));
    }
  }

  private static List<Wanted> wanted(Config config) {
    var all = new ArrayList<Wanted>();
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

  private static void add(List<Wanted> all, String key, IntSupplier reading) {
    try {
      int port = reading.getAsInt();
      for (var protocol : port > 0 ? protocols(key) : List.<Protocol>of()) {
        all.add(new Wanted(key, port, protocol));
      }
    } catch (Usage e) {
      return; // told with the configuration
    }
  }

  private static Optional<Running> running(Home home) {
    try {
      return home.isThere() ? Running.on(home) : Optional.empty();
    } catch (Usage e) {
      return Optional.empty(); // told with the home
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

  private static void look(
      Remarks remarks,
      Wanted wanted,
      InetSocketAddress address,
      Optional<Running> running,
      List<String> free) {
    try {
      bind(address, wanted.protocol());
      free.add(wanted.toString());
      return;
    } catch (IOException e) {
      if (wanted.port() <= LAST_OF_ROOT && !SocketOwner.isHeld(wanted.port(), wanted.isUdp())) {
        remarks.fail(
            "ports",
            "%s needs a right of root's: choose a port above %d, or give Java CAP_NET_BIND_SERVICE",
            wanted,
            LAST_OF_ROOT);
        return;
      }
    }
    var owner = SocketOwner.of(wanted.port(), wanted.isUdp());
    if (running.isPresent() && owner.map(o -> o.pid() == running.get().pid()).orElse(true)) {
      remarks.ok("ports", "%s is the running centre's", wanted);
    } else {
      remarks.fail(
          "ports",
          "%s is taken by %s: end that, or choose another port",
          wanted,
          owner.map(SocketOwner::toString).orElse("another process, not yours to see"));
    }
  }

  private static void bind(InetSocketAddress address, Protocol protocol) throws IOException {
    switch (protocol) {
      case TCP -> {
        try (var socket = new ServerSocket()) {
          socket.setReuseAddress(true); // as the listeners do: what just ended holds nothing
          socket.bind(address);
        }
      }
      case UDP -> new DatagramSocket(address).close();
    }
  }
}
