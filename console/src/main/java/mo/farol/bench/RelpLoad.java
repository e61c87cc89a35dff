package mo.farol.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The load of {@link Relp} in a process of its own. The time to an answer is counted from when the
 * message was due, not from when it could be sent, and not in the first five seconds.
 */
public final class RelpLoad {
  static final int CONNECTIONS = 8;
  static final int WINDOW = 1000;
  static final int SIZE = 400;

  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final byte[] MESSAGE =
      ("<38>1 2026-11-24T10:00:00Z web-01 sshd 1000 - - Failed password for invalid user admin "
              + "x".repeat(SIZE))
          .substring(0, SIZE)
          .getBytes(US_ASCII);

  private final InetSocketAddress to;
  private final double nanosEach;
  private final int each;
  private final Waits waits = new Waits();

  private RelpLoad(InetSocketAddress to, long rate, int seconds) {
    this.to = to;
    this.nanosEach = 1e9 * CONNECTIONS / rate;
    this.each = Math.toIntExact(rate * seconds / CONNECTIONS);
  }

  /** Sends and prints one line of what became of it. */
  public static void be(InetSocketAddress to, long rate, int seconds)
      throws InterruptedException, ExecutionException, IOException {
    var load = new RelpLoad(to, rate, seconds);
    long begun = System.nanoTime();
    long answered = load.run();
    double took = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,.0f answers/s, %,d of %,d answered; %s; sender %.2f CPU-s per million%n",
        answered / took,
        answered,
        (long) load.each * CONNECTIONS,
        load.waits,
        ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds() * 1e6 / answered);
  }

  private long run() throws InterruptedException, ExecutionException {
    var senders = new ArrayList<Future<Long>>();
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.add(threads.submit(this::send));
      }
      long answered = 0;
      for (var sender : senders) {
        answered += sender.get();
      }
      return answered;
    }
  }

  private long send() throws IOException {
    long begun = System.nanoTime();
    try (var relp = new RelpConnection(to, WINDOW, number -> waits.add(waited(begun, number)))) {
      for (int sent = 0; sent < each; ) {
        long due = Math.min(each, (long) ((System.nanoTime() - begun) / nanosEach) + 1);
        for (; sent < due; sent++) {
          relp.send(MESSAGE);
        }
        relp.flush();
        LockSupport.parkNanos(TICK_NANOS);
      }
      long last = System.nanoTime() + PATIENCE_NANOS;
      while (relp.answered() < each && System.nanoTime() < last) {
        LockSupport.parkNanos(TICK_NANOS);
      }
      return relp.answered();
    }
  }

  // Nanoseconds since the message was due; below nothing while it warms up.
  private long waited(long begun, long number) {
    double due = number * nanosEach;
    return due < WARM_UP_NANOS ? -1 : Math.max(0, System.nanoTime() - begun - (long) due);
  }
}
