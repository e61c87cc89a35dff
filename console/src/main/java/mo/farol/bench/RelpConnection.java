package mo.farol.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** One RELP sender: the caller's thread sends as far as the window lets it, another listens. */
final class RelpConnection implements Closeable {
  private static final byte[] OPEN = bytes("1 open 30 relp_version=0\ncommands=syslog\n");
  private static final byte[] GOOD = bytes(" rsp 6 200 OK");
  private static final int FIRST = 2;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Semaphore window;
  private final AtomicLong answered = new AtomicLong();
  private final byte[] line = new byte[256];
  private volatile boolean over;
  private long number = FIRST;

  /**
   * Connects and waits until the other side is ready.
   *
   * @param told the number, from 0, of each message that was answered as kept; on another thread
   */
  RelpConnection(InetSocketAddress to, int window, LongConsumer told) throws IOException {
    socket = new Socket(to.getAddress(), to.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
    this.window = new Semaphore(window);
    out.write(OPEN);
    out.flush();
    int length = line();
    while (length > 0 && !new String(line, 0, length, US_ASCII).startsWith("commands=")) {
      length = line();
    }
    Thread.ofPlatform().name("answers").daemon().start(() -> listen(told));
  }

  /** Answers that said 200 so far. */
  long answered() {
    return answered.get();
  }

  /** Sends one message, when the window has room. Flush when done for now. */
  void send(byte[] message) throws IOException {
    if (!window.tryAcquire()) {
      out.flush();
      window.acquireUninterruptibly();
    }
    if (over) {
      throw new EOFException("the connection ended after %,d answers".formatted(answered.get()));
    }
    out.write(bytes(number++ + " syslog " + message.length + " "));
    out.write(message);
    out.write('\n');
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void listen(LongConsumer told) {
    try {
      for (int length = line(); length >= 0; length = line()) {
        int from = length - GOOD.length;
        if (from > 0 && Arrays.equals(line, from, length, GOOD, 0, GOOD.length)) {
          told.accept(Long.parseLong(new String(line, 0, from, US_ASCII)) - FIRST);
          answered.incrementAndGet();
          window.release();
        }
      }
    } catch (IOException e) {
      // closed here or there: send and the count of answers tell
    }
    over = true;
    window.release(Integer.MAX_VALUE / 2);
  }

  // Reads a line and gives its length, or -1 at the end.
  private int line() throws IOException {
    int length = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return -1;
      }
      if (length < line.length) {
        line[length++] = (byte) b;
      }
    }
    return length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
