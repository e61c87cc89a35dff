package mo.farol.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a real sender and a TCP listener and notes every byte of the sender's. */
public final class Recorder implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param target port on loopback where the listener is
   */
  public Recorder(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.add(Thread.ofVirtual().start(this::accept));
  }

  /** Where the sender is to connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** What its senders said so far. */
  public byte[] seen() {
    synchronized (seen) {
      return seen.toByteArray();
    }
  }

  /** Whether every sender that came has ended its connection. */
  public boolean isQuiet() {
    return open.get() == 0;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.forEach(Thread::interrupt);
  }

  private void accept() {
    try {
      while (true) {
        var from = server.accept();
        open.incrementAndGet();
        var to = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> copy(from, to, true));
        Thread.ofVirtual().start(() -> copy(to, from, false));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void copy(Socket from, Socket to, boolean note) {
    try (from) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (note) {
          synchronized (seen) {
            seen.write(buffer, 0, n);
          }
        }
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // one side is gone; the other is told by the close
    } finally {
      open.addAndGet(note ? -1 : 0);
    }
  }
}
