package mo.farol.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Receive, durable, parsed over one TCP connection; beside it, where asked for, {@code rsyslogd}
 * writing parsed JSON, the two in turn on the same lines.
 */
final class BenchCollect {
  private static final int LINE_BYTES = 260;

  private final long events;
  private final int runs;
  private final boolean peer;

  BenchCollect(long events, int runs, boolean peer) {
    this.events = events;
    this.runs = runs;
    this.peer = peer;
  }

  void measure(Path home) throws IOException, InterruptedException {
    System.out.printf(
        "receive, durable, parsed: one TCP connection, %,d lines of %d bytes or more%n",
        events, LINE_BYTES);
    var ours = new ArrayList<BenchRun>();
    var theirs = new ArrayList<BenchRun>();
    for (int i = 0; i < runs; i++) {
      try (var farol = new FarolReceiver(home.resolve("collector-" + i))) {
        ours.add(measure("farol", farol));
      }
      Folders.delete(home.resolve("collector-" + i));
      if (peer) {
        try (var rsyslog = new RsyslogReceiver(home.resolve("rsyslog-" + i))) {
          theirs.add(measure("rsyslogd", rsyslog));
        }
        Folders.delete(home.resolve("rsyslog-" + i));
      }
    }
    summary("farol", ours);
    if (peer) {
      summary("rsyslogd", theirs);
      System.out.printf(
          Locale.ROOT,
          "  farol to rsyslogd, by medians: %.2f times the rate, %.2f of the CPU%n",
          median(ours, BenchRun::rate) / median(theirs, BenchRun::rate),
          median(ours, BenchRun::cpuPerMillion) / median(theirs, BenchRun::cpuPerMillion));
    }
  }

  private BenchRun measure(String name, Receiver receiver)
      throws IOException, InterruptedException {
    long warm = Math.max(50_000, events / 2);
    Generator.run(receiver.address(), warm, 0, LINE_BYTES);
    receiver.await(warm);
    var before = receiver.cost();
    var sent = Generator.run(receiver.address(), events, 0, LINE_BYTES);
    long done = receiver.await(warm + events);
    var run =
        new BenchRun(
            events,
            (done - sent.begunNanos()) / 1e9,
            receiver.cost().cpuSeconds() - before.cpuSeconds(),
            sent.cpuSeconds());
    System.out.println("  " + name + ": " + run);
    return run;
  }

  private static void summary(String name, List<BenchRun> runs) {
    System.out.printf(
        "%s (min / median / max): events/s %s   CPU-s per million %s%n",
        name,
        BenchRun.spread(runs, BenchRun::rate, "%,.0f"),
        BenchRun.spread(runs, BenchRun::cpuPerMillion, "%.2f"));
  }

  private static double median(List<BenchRun> runs, ToDoubleFunction<BenchRun> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
