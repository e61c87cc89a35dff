package mo.farol.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The peer: {@code rsyslogd} that parses syslog over TCP and writes each message as JSON to a file,
 * with its fast settings, and without fsync, which the file output leaves off by default.
 */
final class RsyslogReceiver implements Receiver {
  private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Process process;
  private final int port;
  private final Path out;

  RsyslogReceiver(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    port = freePort();
    out = folder.resolve("out.json");
    Path settings = Files.writeString(folder.resolve("rsyslog.conf"), settings(folder, port));
    process =
        new ProcessBuilder(
                "rsyslogd", "-n", "-f", settings.toString(), "-i", folder + "/rsyslog.pid")
            .inheritIO()
            .start();
    awaitListener();
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  /** Done when its file has grown to the last line; the quiet time after it does not count. */
  @Override
  public long await(long lines) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long changedAt = begun;
    long size = -1;
    while (System.nanoTime() - changedAt < STILL_NANOS) {
      long now = Files.exists(out) ? Files.size(out) : 0;
      if (now != size) {
        size = now;
        changedAt = System.nanoTime();
      }
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IOException("rsyslogd did not come to rest");
      }
      Thread.sleep(5);
    }
    long written = lines();
    if (written != lines) {
      throw new IOException("rsyslogd wrote %,d of %,d lines".formatted(written, lines));
    }
    return changedAt;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String settings(Path folder, int port) {
    return """
    global(workDirectory="%1$s" maxMessageSize="64k")
    module(load="imtcp" maxSessions="16")
    main_queue(queue.type="FixedArray" queue.size="500000" queue.dequeueBatchSize="4096"
               queue.workerThreads="1")
    template(name="json" type="list" option.jsonf="on") {
      property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
      property(outname="host.name" name="hostname" format="jsonf")
      property(outname="log.syslog.facility.code" name="syslogfacility" format="jsonf")
      property(outname="log.syslog.severity.code" name="syslogseverity" format="jsonf")
      property(outname="log.syslog.appname" name="app-name" format="jsonf")
      property(outname="log.syslog.procid" name="procid" format="jsonf")
      property(outname="log.syslog.msgid" name="msgid" format="jsonf")
      property(outname="message" name="msg" format="jsonf")
    }
    input(type="imtcp" port="%2$d" address="127.0.0.1")
    action(type="omfile" file="%1$s/out.json" template="json" ioBufferSize="256k")
    """
        .formatted(folder, port);
  }

  private long lines() throws IOException {
    long lines = 0;
    byte[] some = new byte[1 << 20];
    try (var in = Files.newInputStream(out)) {
      for (int n = in.read(some); n > 0; n = in.read(some)) {
        for (int i = 0; i < n; i++) {
          lines += some[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  private void awaitListener() throws IOException, InterruptedException {
    for (int i = 0; i < 200; i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("rsyslogd does not listen");
  }

  /** A port nobody listens on now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
