package mo.farol.wire;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The sender's address as text, without asking a name server. */
public final class Peer {
  private Peer() {}

  public static String of(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress peer && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : "";
  }
}
