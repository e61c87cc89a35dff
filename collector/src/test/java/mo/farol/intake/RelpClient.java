package mo.farol.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A RELP sender of ours, for load and for crashes: sends as far as its window lets it, tells each
 * answer as it comes. One thread sends, another listens.
 */
public final class RelpClient implements AutoCloseable {
  private static final byte[] OPEN =
      "1 open 49 relp_version=0\nrelp_software=test\ncommands=syslog\n".getBytes(US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Semaphore window;
  private final Thread listener;
  private volatile boolean broken;
  private int last = 1;

  /**
   * @param answered told the number of each message that was answered 200, on the listener's thread
   */
  public RelpClient(String host, int port, int window, IntConsumer answered) throws IOException {
    socket = new Socket(host, port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
    this.window = new Semaphore(window);
    out.write(OPEN);
    out.flush();
    String line = line();
    while (!line.startsWith("commands=")) {
      line = line();
    }
    listener = Thread.ofPlatform().name("answers").start(() -> listen(answered));
  }

  /** Sends one message when the window has room; gives its number. Flush when done for now. */
  public int send(byte[] message) throws IOException, InterruptedException {
    if (!window.tryAcquire()) {
      out.flush();
      while (!window.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        if (broken) {
          throw new EOFException("the connection ended");
        }
      }
    }
    int number = ++last;
    out.write((number + " syslog " + message.length + " ").getBytes(US_ASCII));
    out.write(message);
    out.write('\n');
    return number;
  }

  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      listener.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(IntConsumer answered) {
    try {
      while (true) {
        String line = line();
        if (line.endsWith(" rsp 6 200 OK")) {
          answered.accept(Integer.parseInt(line.substring(0, line.indexOf(' '))));
          window.release();
        }
      }
    } catch (IOException e) {
      broken = true; // the other end was killed, or ours was closed
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) b);
    }
    return line.toString();
  }
}
