package mo.farol.doctor;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Key;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;
import mo.farol.centre.WantedPort;

/** Whether the listeners' ports are free, or the running centre's, or whose. */
final class PortLook {
  private static final int LAST_OF_ROOT = 1_023;

  private PortLook() {}

  static void at(Remarks remarks, Home home, Config config) throws IOException {
    var all = WantedPort.of(config);
    WantedPort.clashes(all).forEach(clash -> remarks.fail("ports", "%s", clash));
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
    for (var wanted : all) {
      look(remarks, wanted, new InetSocketAddress(address, wanted.port()), running, free);
    }
    if (!free.isEmpty()) {
      remarks.ok("ports", "free: %s", String.join(", ", free));
    }
  }

  private static Optional<Running> running(Home home) {
    try {
      return home.isThere() ? Running.on(home) : Optional.empty();
    } catch (Usage e) {
      return Optional.empty(); // told with the home
    }
  }

  private static void look(
      Remarks remarks,
      WantedPort wanted,
      InetSocketAddress address,
      Optional<Running> running,
      List<String> free) {
    try {
      bind(address, wanted.protocol());
      free.add(wanted.toString());
      return;
    } catch (IOException e) {
      if (wanted.port() <= LAST_OF_ROOT && !SocketOwner.isHeld(wanted.port(), isUdp(wanted))) {
        remarks.fail(
            "ports",
            "%s needs a right of root's: choose a port above %d, or give Java CAP_NET_BIND_SERVICE",
            wanted,
            LAST_OF_ROOT);
        return;
      }
    }
    var owner = SocketOwner.of(wanted.port(), isUdp(wanted));
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

  private static boolean isUdp(WantedPort wanted) {
    return wanted.protocol() == WantedPort.Protocol.UDP;
  }

  private static void bind(InetSocketAddress address, WantedPort.Protocol protocol)
      throws IOException {
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
