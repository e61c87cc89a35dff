package mo.farol.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;

/**
 * How fast events over HTTP are received, framed, journalled, synced and answered: {@code java -cp
 * ... mo.farol.intake.HttpBenchmark ndjson|bulk [connections] [folder]}. The sender is a process of
 * its own; both tell their CPU. Two rounds warm up.
 */
public final class HttpBenchmark {
  private static final int ROUNDS = 5;
  private static final int REQUESTS = 500;
  private static final int EVENTS_A_REQUEST = 1000;

  private HttpBenchmark() {}

  /** Prints one line a round. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("send")) {
      Sender.main(arguments);
      return;
    }
    int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    var folder =
        arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("farol-bench");
    var metrics = new SimpleMeterRegistry();
    try (var journal = Journal.open(JournalConfig.in(folder), metrics).start();
        var intake =
            new Intake(
                IntakeConfig.local("agency-a"),
                journal,
                token -> Optional.of("agency-a"),
                Optional.empty(),
                InstantSource.system(),
                metrics)) {
      intake.start();
      int port = Optional.ofNullable(intake.bound().get("intake.http")).orElseThrow().getPort();
      for (int round = 0; round < ROUNDS; round++) {
        round(journal, arguments[0], connections, port);
      }
    }
  }

  private static void round(Journal journal, String kind, int connections, int port)
      throws IOException, InterruptedException {
    long before = journal.durable();
    long cpu = cpuNanos();
    long allocated = allocatedBytes();
    long begun = System.nanoTime();
    var sender =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                HttpBenchmark.class.getName(),
                "send",
                kind,
                "" + connections,
                "" + port)
            .redirectErrorStream(true)
            .start();
    String said = new String(sender.getInputStream().readAllBytes(), UTF_8).strip();
    if (!sender.waitFor(10, TimeUnit.MINUTES) || sender.exitValue() != 0) {
      throw new IOException("the sender failed: " + said);
    }
    double millions = (journal.durable() - before) / 1e6;
    System.out.printf(
        "%s, %d connections: %.2f M events durable, %s; %.2f CPU-s per million here, %.0f bytes"
            + " allocated an event; %.1f s with the sender's start%n",
        kind,
        connections,
        millions,
        said,
        (cpuNanos() - cpu) / 1e9 / millions,
        (allocatedBytes() - allocated) / 1e6 / millions,
        (System.nanoTime() - begun) / 1e9);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  /** The other process. */
  private static final class Sender {
    private Sender() {}

    static void main(String[] arguments) throws Exception {
      int connections = Integer.parseInt(arguments[2]);
      int port = Integer.parseInt(arguments[3]);
      byte[] request = request(arguments[1].equals("bulk"));
      long begun = System.nanoTime();
      var threads =
          java.util.stream.IntStream.range(0, connections)
              .mapToObj(i -> Thread.ofPlatform().start(() -> send(request, port, connections)))
              .toList();
      for (var thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double millions = REQUESTS / connections * connections * EVENTS_A_REQUEST / 1e6;
      System.out.printf(
          "%.0f thousand a second, sender %.2f CPU-s per million",
          millions * 1000 / seconds, cpuNanos() / 1e9 / millions);
    }

    private static void send(byte[] request, int port, int connections) {
      byte[] answer = new byte[1 << 20];
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        for (int i = 0; i < REQUESTS / connections; i++) {
          socket.getOutputStream().write(request);
          read(socket, answer);
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    // The head names the length; the body follows.
    private static void read(Socket socket, byte[] answer) throws IOException {
      int have = 0;
      int need = Integer.MAX_VALUE;
      while (have < need) {
        int n = socket.getInputStream().read(answer, have, answer.length - have);
        if (n < 0) {
          throw new IOException("closed");
        }
        have += n;
        String head = new String(answer, 0, Math.min(have, 400), UTF_8);
        int end = head.indexOf("\r\n\r\n");
        if (end > 0) {
          if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException(head);
          }
          int at = head.indexOf("content-length: ") + "content-length: ".length();
          need = end + 4 + Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
        }
      }
    }

    private static byte[] request(boolean bulk) {
      var body = new StringBuilder();
      for (int i = 0; i < EVENTS_A_REQUEST; i++) {
        String event =
            "{\"@timestamp\":\"2026-11-24T10:00:00.%06dZ\",\"host\":{\"name\":\"web%02d\"},\"process\":{\"pid\":%d},\"message\":\"Failed password for invalid user admin from 203.0.113.7 port 51234 ssh2\",\"pad\":\""
                .formatted(i, i % 100, 1000 + i);
        event += "x".repeat(Math.max(0, 258 - event.length())) + "\"}\n";
        body.append(bulk ? "{\"create\":{\"_index\":\"logs\"}}\n" : "").append(event);
      }
      String path = bulk ? "/_bulk?filter_path=errors,items.*.status" : "/v1/events";
      String head =
          "POST %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, body.length());
      return (head + body).getBytes(UTF_8);
    }
  }
}
