package mo.farol.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import mo.farol.journal.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * How fast one connection is received and framed, with a log that acknowledges at once: {@code java
 * -cp ... mo.farol.intake.IntakeBenchmark}. The sender is a thread of the same process; its CPU is
 * part of the figure.
 */
public final class IntakeBenchmark {
  private static final int ROUNDS = 6;
  private static final int LINES = 6_000_000;
  private static final int LINES_A_WRITE = 1000;

  private IntakeBenchmark() {}

  /** Prints one line a round; the first two warm up. */
  public static void main(String[] arguments) throws Exception {
    boolean counted = arguments.length > 0 && arguments[0].equals("counted");
    var log = new CountingLog();
    try (var intake =
        new Intake(
            IntakeConfig.local("agency-a"),
            log,
            token -> Optional.empty(),
            Optional.empty(),
            InstantSource.system(),
            new SimpleMeterRegistry())) {
      intake.start();
      int port =
          Optional.ofNullable(intake.bound().get("intake.syslog.tcp")).orElseThrow().getPort();
      for (int round = 0; round < ROUNDS; round++) {
        round(log, port, counted);
      }
    }
  }

  private static void round(CountingLog log, int port, boolean counted)
      throws IOException, InterruptedException {
    long before = log.durable();
    long cpu = cpuNanos();
    long begun = System.nanoTime();
    byte[] lines = lines(counted);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int i = 0; i < LINES / LINES_A_WRITE; i++) {
        socket.getOutputStream().write(lines);
      }
    }
    while (log.durable() - before < LINES) {
      Thread.sleep(1);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%s %.2f M events/s, %.2f CPU-s per million with the sender%n",
        counted ? "counted" : "lines",
        LINES / seconds / 1e6,
        (cpuNanos() - cpu) / 1e9 / (LINES / 1e6));
  }

  private static byte[] lines(boolean counted) {
    var text = new StringBuilder();
    for (int i = 0; i < LINES_A_WRITE; i++) {
      String line =
          "<38>1 2026-11-24T10:00:00.%06dZ web%02d sshd %d - - ".formatted(i, i % 100, 1000 + i);
      line += "Failed password for invalid user admin from 203.0.113.7 port 51234 ssh2 ";
      line += "x".repeat(259 - line.length());
      text.append(counted ? "259 " + line : line + "\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Only counts. */
  private static final class CountingLog implements EventLog {
    private final AtomicLong frames = new AtomicLong();

    @Override
    public void append(FrameBatch batch, Acknowledgement acknowledgement) {
      acknowledgement.durable(frames.getAndAdd(batch.count()));
    }

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public long received() {
      return frames.get();
    }

    @Override
    public long durable() {
      return frames.get();
    }

    @Override
    public Reader read(long fromSequence) {
      return new Reader() {
        @Override
        public @Nullable Block next(Duration wait) {
          return null;
        }

        @Override
        public void close() {
          // nothing is open
        }
      };
    }

    @Override
    public Optional<Block> holding(long sequence) {
      return Optional.empty();
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
