package mo.farol.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The benchmark's load: everyday lines of all sample agencies as fast as the socket takes them,
 * from a process of its own. The lines are written beforehand into one buffer, so that the
 * generator costs little.
 */
public final class Flood {
  /** Different lines prepared before the clock starts. */
  public static final int PREPARED = 200_000;

  private final InetSocketAddress to;
  private final long count;
  private final long rate;
  private final long seed;
  private final int lineBytes;

  /**
   * @param to the listener
   * @param count lines to send
   * @param rate lines a second, 0 for as many as the socket takes
   * @param seed names the corpus
   * @param lineBytes shorter lines are padded to this
   */
  public Flood(InetSocketAddress to, long count, long rate, long seed, int lineBytes) {
    this.to = to;
    this.count = count;
    this.rate = rate;
    this.seed = seed;
    this.lineBytes = lineBytes;
  }

  /**
   * Sends lines over one TCP connection, newline framing; returns once the other side has read all.
   *
   * @return {@link System#nanoTime} when the first was sent
   */
  public long send() throws IOException, InterruptedException {
    byte[][] chunks = chunks();
    long sent = 0;
    long begun = System.nanoTime();
    try (var socket = new Socket(to.getAddress(), to.getPort())) {
      socket.setSendBufferSize(1 << 20);
      var out = socket.getOutputStream();
      for (int i = 0; sent < count; i = (i + 1) % chunks.length) {
        byte[] chunk = chunks[i];
        int lines = (int) Math.min(LINES_A_CHUNK, count - sent);
        int length = lines == LINES_A_CHUNK ? chunk.length : lengthOf(chunk, lines);
        out.write(chunk, 0, length);
        sent += lines;
        pace(begun, sent, rate);
      }
      out.flush();
      socket.shutdownOutput();
      // Wait until the other side has read everything and closed.
      while (socket.getInputStream().read() >= 0) {}
    }
    return begun;
  }

  private static final int LINES_A_CHUNK = 200;

  // As many people as it takes to write so much: fewer, and each mistypes often enough in five
  // minutes to look like somebody guessing.
  private static final int NETWORKS = 250;

  private static void pace(long begun, long sent, long rate) throws InterruptedException {
    if (rate > 0) {
      long due = begun + sent * 1_000_000_000L / rate;
      long wait = due - System.nanoTime();
      if (wait > 1_000_000) {
        Thread.sleep(wait / 1_000_000);
      }
    }
  }

  private byte[][] chunks() {
    var agencies = SampleAgency.all();
    var random = new SplittableRandom(seed);
    var writers =
        agencies.stream().map(a -> new Everyday(a, new Dice(random.nextLong()), NETWORKS)).toList();
    var now = Instant.now();
    var chunks = new byte[PREPARED / LINES_A_CHUNK][];
    for (int c = 0; c < chunks.length; c++) {
      var text = new StringBuilder(LINES_A_CHUNK * 260);
      for (int i = 0; i < LINES_A_CHUNK; i++) {
        pad(text, writers.get(random.nextInt(writers.size())).line(now));
      }
      chunks[c] = text.toString().getBytes(StandardCharsets.UTF_8);
    }
    return chunks;
  }

  private void pad(StringBuilder text, String line) {
    text.append(line);
    for (int i = line.length(); i < lineBytes; i++) {
      text.append(i == line.length() ? ' ' : (char) ('a' + i % 23));
    }
    text.append('\n');
  }

  private static int lengthOf(byte[] chunk, int lines) {
    int at = 0;
    for (int left = lines; left > 0; at++) {
      if (chunk[at] == '\n') {
        left--;
      }
    }
    return at;
  }
}
