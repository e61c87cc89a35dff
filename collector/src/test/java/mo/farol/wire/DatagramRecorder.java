package mo.farol.wire;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stands between a real sender and a UDP listener and notes every datagram. */
public final class DatagramRecorder implements AutoCloseable {
  private static final int MOST_BYTES = 65_535;

  private final DatagramSocket socket;
  private final InetSocketAddress target;
  private final List<byte[]> seen = new ArrayList<>();

  /**
   * @param target port on loopback where the listener is
   */
  public DatagramRecorder(int target) throws IOException {
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
    Thread.ofVirtual().start(this::pass);
  }

  /** Where the sender is to send. */
  public int port() {
    return socket.getLocalPort();
  }

  /** What came so far. */
  public List<byte[]> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private void pass() {
    var packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    try {
      while (true) {
        packet.setLength(MOST_BYTES);
        socket.receive(packet);
        synchronized (seen) {
          seen.add(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
        socket.send(new DatagramPacket(packet.getData(), packet.getLength(), target));
      }
    } catch (IOException e) {
      // the test is over
    }
  }
}
