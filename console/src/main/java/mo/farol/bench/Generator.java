package mo.farol.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import mo.farol.sample.Flood;

/**
 * The benchmark's generator in a process of its own.
 *
 * @param begunNanos when it began to send, by the machine's clock that only runs forward, which is
 *     the same in all processes (Linux: CLOCK_MONOTONIC)
 * @param cpuSeconds what it cost, the start of its JVM and making the lines included
 */
public record Generator(long begunNanos, double cpuSeconds) {
  /** Sends lines and returns once all are handed to the socket's other side. */
  public static Generator run(String to, long events, long rate, int lineBytes)
      throws IOException, InterruptedException {
    return of(start(to, events, rate, lineBytes));
  }

  /** Waits for a process that sends; its last line is what it prints at its end. */
  static Generator of(Process sender) throws IOException, InterruptedException {
    String[] said = ChildJvm.lastLine(sender).split(" ", -1);
    return new Generator(Long.parseLong(said[0]), Double.parseDouble(said[1]));
  }

  /** Begins to send lines, for somebody who ends it. */
  static Process start(String to, long events, long rate, int lineBytes) throws IOException {
    return ChildJvm.start(
        List.of(
            "bench",
            "--flood",
            to,
            "--events",
            Long.toString(events),
            "--rate",
            Long.toString(rate),
            "--line",
            Integer.toString(lineBytes)));
  }

  /** What the process itself does: sends, and prints what {@link #run} reads. */
  public static void be(Flood flood) throws IOException, InterruptedException {
    long begun = flood.send();
    System.out.printf(
        Locale.ROOT,
        "%d %.2f%n",
        begun,
        ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds());
  }
}
