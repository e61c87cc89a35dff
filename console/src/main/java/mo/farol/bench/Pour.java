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
 * one TCP connection, straight from the page cache; bodies over two HTTP connections.
 *
 * @param folder of the corpus
 * @param first chunk
 * @param end after the last chunk
 * @param to {@code tcp://host:port}, or the URL that bodies are posted to
 * @param ending of the files
 */
public record Pour(Path folder, int first, int end, String to, String ending) {
  private static final int CLIENTS = 2;

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
                ending)));
  }

  /** What the process itself does. */
  public void be() throws IOException, InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    if (to.startsWith("tcp:")) {
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
      socket.shutdownOutput();
      while (socket.read(ByteBuffer.allocate(64)) >= 0) {
        // nothing is said
      }
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
