package mo.farol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Stands between a real sender and a TCP listener and notes every byte. With {@code -Dgolden=write}
 * what one connection sent, and what came of it, is kept as a file beside the tests; {@code
 * GoldenSendersTest} replays them all.
 */
public final class Recorder implements AutoCloseable {
  private static final Path FOLDER = Path.of("src", "test", "resources", "mo", "farol", "senders");
  private static final int HEX_BYTES_A_LINE = 40;

  private final ServerSocket server;
  private final int target;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final List<Thread> threads = new ArrayList<>();

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

  /**
   * Keeps what was seen, where golden files are to be written.
   *
   * @param name of the sender, for the file
   * @param input the listener's name
   */
  public void keep(String name, String input, List<String> frames) throws IOException {
    if (!"write".equals(System.getProperty("golden"))) {
      return;
    }
    var text = new StringBuilder("input " + input + "\n");
    byte[] bytes;
    synchronized (seen) {
      bytes = seen.toByteArray();
    }
    String hex = HexFormat.of().formatHex(bytes);
    String latin = new String(bytes, ISO_8859_1);
    for (int i = 0; i < hex.length(); i += 2 * HEX_BYTES_A_LINE) {
      text.append(hex, i, Math.min(hex.length(), i + 2 * HEX_BYTES_A_LINE)).append('\n');
    }
    // Several connections are noted as one; frames stand in the order of their bytes.
    frames.stream()
        .sorted(
            Comparator.comparingInt(f -> latin.indexOf(new String(f.getBytes(UTF_8), ISO_8859_1))))
        .forEach(f -> text.append("frame ").append(f.replace("\n", "\\n")).append('\n'));
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve(name + ".txt"), text);
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
    }
  }
}
