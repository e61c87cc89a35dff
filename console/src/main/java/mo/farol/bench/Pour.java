package mo.farol.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends chunks of a {@link Corpus} as fast as they are taken, in a process of its own: lines over
 * one TCP connection, straight from the page cache, or each when it is due; bodies over two HTTP
 * connections.
 *
 * @param folder of the corpus
 * @param first chunk
 * @param end after the last chunk
 * @param to {@code tcp://host:port}, or the URL that bodies are posted to
 * @param ending of the files
 * @param rate lines a second, 0 for as many as are taken
 */
public record Pour(Path folder, int first, int end, String to, String ending, long rate) {
  private static final int CLIENTS = 2;

  /** As fast as they are taken. */
  Pour(Path folder, int first, int end, String to, String ending) {
    this(folder, first, end, to, ending, 0);
  }

  /** Starts the process, waits for it and says what it cost. */
  Generator run() throws IOException, InterruptedException {
    return Generator.of(
        ChildJvm.start(
            List.of(
                "bench",
                "--pour",
                folder.toString(),
                "--chunks",
                first + "-" + end,
                "--to",
                to,
                "--ending",
                ending,
                "--rate",
                Long.toString(rate))));
  }

  /** What the process itself does. */
  public void be() throws IOException, InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    if (rate > 0) {
      begun = paced(URI.create(to));
    } else if (to.startsWith("tcp:")) {
      lines(URI.create(to));
    } else {
      bodies();
    }
    System.out.printf(
        Locale.ROOT,
        "%d %.2f%n",
        begun,
        ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds());
  }

  // Returns once the other side has read everything and closed.
  private void lines(URI address) throws IOException {
    try (var socket =
        SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()))) {
      for (int i = first; i < end; i++) {
        try (var file = FileChannel.open(Corpus.chunk(folder, i, ending))) {
          for (long at = 0; at < file.size(); ) {
            at += file.transferTo(at, file.size() - at, socket);
          }
        }
      }
      end(socket);
    }
  }

  private static void end(SocketChannel socket) throws IOException {
    socket.shutdownOutput();
    while (socket.read(ByteBuffer.allocate(64)) >= 0) {
      // nothing is said
    }
  }

  // Line n is due n/rate seconds after the first, however late those before it were taken.
  private long paced(URI address) throws IOException, InterruptedException {
    try (var socket =
        SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()))) {
      long begun = System.nanoTime();
      long sent = 0;
      for (int i = first; i < end; i++) {
        byte[] lines = Files.readAllBytes(Corpus.chunk(folder, i, ending));
        for (int from = 0, at = 0; at < lines.length; from = at) {
          for (long due = due(begun); at < lines.length && sent < due; sent++) {
            at = after(lines, at);
          }
          write(socket, lines, from, at);
        }
      }
      end(socket);
      return begun;
    }
  }

  private long due(long begun) {
    return (System.nanoTime() - begun) * rate / 1_000_000_000 + 1;
  }

  private static int after(byte[] lines, int from) {
    int at = from;
    while (lines[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private static void write(SocketChannel socket, byte[] lines, int from, int to)
      throws IOException, InterruptedException {
    if (from == to) {
      Thread.sleep(1);
      return;
    }
    for (var left = ByteBuffer.wrap(lines, from, to - from); left.hasRemaining(); ) {
      socket.write(left);
    }
  }

  private void bodies() throws InterruptedException, ExecutionException {
    var next = new AtomicInteger(first);
    var clients = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> take(next)));
      }
      for (var client : clients) {
        client.get();
      }
    }
  }

  private int take(AtomicInteger next) throws IOException {
    int sent = 0;
    for (int n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
      post(Corpus.chunk(folder, n, ending));
      sent++;
    }
    return sent;
  }

  private void post(Path body) throws IOException {
    var connection = (HttpURLConnection) URI.create(to).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(Files.size(body));
    connection.setRequestProperty("Content-Type", "application/x-ndjson");
    try (var out = connection.getOutputStream()) {
      Files.copy(body, out);
    }
    byte[] answer = Http.answer(connection);
    String said = new String(answer, StandardCharsets.UTF_8);
    if (said.contains("\"errors\":true")) {
      throw new IOException("some events of a bulk request were refused: " + said);
    }
  }
}
