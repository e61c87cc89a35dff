package mo.farol.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast RELP is answered, each answer after a sync of the disk: {@code main RATE SECONDS FOLDER}
 * starts the collector's journal and listener in a process of their own and sends 400-byte messages
 * over eight connections with windows of 1,000; {@code main RATE SECONDS HOST:PORT} sends to a
 * centre that runs already. The time to the answer is counted from when a message was due, not from
 * when it could be sent, and not in the first five seconds.
 */
public final class RelpBenchmark {
  private static final int CONNECTIONS = 8;
  private static final int WINDOW = 1000;
  private static final int SIZE = 400;
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final int rate;
  private final int seconds;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();

  private RelpBenchmark(int rate, int seconds) {
    this.rate = rate;
    this.seconds = seconds;
  }

  /** Prints one line. */
  public static void main(String[] arguments) throws Exception {
    var benchmark =
        new RelpBenchmark(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    if (arguments[2].contains(":")) {
      String[] to = arguments[2].split(":", 2);
      benchmark.run(to[0], Integer.parseInt(to[1]));
      return;
    }
    var process = RelpProcess.start(Path.of(arguments[2]), "-Xmx1g");
    try {
      benchmark.run("127.0.0.1", RelpProcess.port(process));
      System.out.printf(
          "the collector used %.1f s of CPU%n",
          process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    } finally {
      process.destroy();
    }
  }

  private void run(String host, int port) throws InterruptedException {
    var threads = new ArrayList<Thread>();
    int each = Math.toIntExact((long) rate * seconds / CONNECTIONS);
    long[][] waits = new long[CONNECTIONS][each];
    long begun = System.nanoTime();
    for (int i = 0; i < CONNECTIONS; i++) {
      long[] mine = waits[i];
      threads.add(Thread.ofPlatform().start(() -> send(host, port, mine)));
    }
    for (var thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - begun) / 1e9;
    long[] all = Arrays.stream(waits).flatMapToLong(Arrays::stream).filter(w -> w > 0).toArray();
    Arrays.sort(all);
    System.out.printf(
        "asked %d/s for %d s: %.0f/s, %d sent, %d answered, answers p50 %.1f p99 %.1f p99.9 %.1f"
            + " max %.1f ms%n",
        rate,
        seconds,
        answered.get() / took,
        sent.get(),
        answered.get(),
        at(all, 0.5),
        at(all, 0.99),
        at(all, 0.999),
        at(all, 1));
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * part)] / 1e6;
  }

  private void send(String host, int port, long[] waits) {
    double nanosEach = 1e9 * CONNECTIONS / rate;
    long begun = System.nanoTime();
    byte[] message =
        ("<38>1 2026-11-24T10:00:00Z web-01 sshd 1000 - - Failed password for invalid user admin "
                + "x".repeat(SIZE))
            .substring(0, SIZE)
            .getBytes(US_ASCII);
    var count = new AtomicLong();
    try (var client =
        new RelpClient(
            host,
            port,
            WINDOW,
            number -> {
              long due = begun + (long) ((number - 2) * nanosEach);
              if (due - begun > WARM_UP_NANOS) {
                waits[number - 2] = Math.max(1, System.nanoTime() - due);
              }
              count.incrementAndGet();
              answered.incrementAndGet();
            })) {
      for (int i = 0; i < waits.length; ) {
        long due = Math.min(waits.length, (long) ((System.nanoTime() - begun) / nanosEach) + 1);
        for (; i < due; i++) {
          client.send(message);
          sent.incrementAndGet();
        }
        client.flush();
        LockSupport.parkNanos(TICK_NANOS);
      }
      long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (count.get() < waits.length && System.nanoTime() < last) {
        LockSupport.parkNanos(TICK_NANOS);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
