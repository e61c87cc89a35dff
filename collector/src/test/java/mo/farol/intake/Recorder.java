package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;

/**
 * Stands between a sender and a listener and notes what the sender says, a file a connection; with
 * {@code -Dgolden=write} what was noted becomes a recorded file.
 */
final class Recorder implements AutoCloseable {
  private static final Path FILES =
      Path.of("src", "test", "resources", "mo", "farol", "intake", "recorded");

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<ByteArrayOutputStream> noted = new ArrayList<>();
  private final int target;

  Recorder(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  String port() {
    return Integer.toString(server.getLocalPort());
  }

  /**
   * The first connection said what its recorded file says, but for times, ports and how many events
   * went into one request.
   */
  void check(String name) throws IOException {
    keep(name);
    byte[] now;
    synchronized (noted) {
      now = noted.getFirst().toByteArray();
    }
    byte[] before = Files.readAllBytes(FILES.resolve(name + ".http"));
    assertThat(steady(now)).as(name).isEqualTo(steady(before));
  }

  // The head of the first request and the bodies of all.
  private static String steady(byte[] bytes) {
    String all = new String(bytes, ISO_8859_1);
    String head = all.substring(0, all.indexOf("\r\n\r\n") + 4);
    String bodies = all.replaceAll("(?s)(POST|GET|HEAD) .*?\r\n\r\n", "");
    return GoldenSender.steady(
        head.replaceAll("Host: [^\r]*", "Host").replaceAll("Content-Length: \\d+", "Length")
            + bodies);
  }

  /** Keeps what the connections said under a name, where recording was asked for. */
  void keep(String name) throws IOException {
    if (!GoldenSender.isWriting()) {
      return;
    }
    Files.createDirectories(FILES);
    synchronized (noted) {
      for (int i = 0; i < noted.size(); i++) {
        String said = noted.get(i).toString(ISO_8859_1);
        Files.writeString(
            FILES.resolve(name + (i == 0 ? "" : "-" + i) + ".http"),
            said.replace(System.getProperty("os.version"), "6.1.0"), // a client may tell our kernel
            ISO_8859_1);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        var from = server.accept();
        var to = new Socket(InetAddress.getLoopbackAddress(), target);
        var notes = new ByteArrayOutputStream();
        synchronized (noted) {
          noted.add(notes);
        }
        Thread.ofVirtual().start(() -> pass(from, to, notes));
        Thread.ofVirtual().start(() -> pass(to, from, OutputStream.nullOutputStream()));
      }
    } catch (IOException closed) {
      // nobody connects any more
    }
  }

  private static void pass(Socket from, Socket to, OutputStream notes) {
    byte[] chunk = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        notes.write(chunk, 0, n);
        to.getOutputStream().write(chunk, 0, n);
      }
    } catch (IOException gone) {
      // one side has ended, and so both
    }
  }
}
