package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import mo.farol.centre.Folders;

/**
 * Receive, durable, parsed over one TCP connection; beside it, where asked for, {@code rsyslogd}
 * writing parsed JSON, the two in turn on the same lines.
 */
public final class Collect {
  private static final int LINE_BYTES = 260;

  private final long events;
  private final int runs;
  private final boolean peer;

  public Collect(long events, int runs, boolean peer) {
    this.events = events;
    this.runs = runs;
    this.peer = peer;
  }

  public void measure(Path home) throws IOException, InterruptedException {
    System.out.printf(
        "receive, durable, parsed: one TCP connection, %,d lines of %d bytes or more%n",
        events, LINE_BYTES);
    var ours = new ArrayList<Measured>();
    var theirs = new ArrayList<Measured>();
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
          median(ours, Measured::rate) / median(theirs, Measured::rate),
          median(ours, Measured::cpuPerMillion) / median(theirs, Measured::cpuPerMillion));
    }
  }

  private Measured measure(String name, Receiver receiver)
      throws IOException, InterruptedException {
    long warm = Math.max(50_000, events / 2);
    Generator.run(receiver.address(), warm, 0, LINE_BYTES);
    receiver.await(warm);
    var before = receiver.cost();
    var sent = Generator.run(receiver.address(), events, 0, LINE_BYTES);
    long done = receiver.await(warm + events);
    var run =
        new Measured(
            events,
            (done - sent.begunNanos()) / 1e9,
            receiver.cost().cpuSeconds() - before.cpuSeconds(),
            sent.cpuSeconds());
    System.out.println("  " + name + ": " + run);
    return run;
  }

  private static void summary(String name, List<Measured> runs) {
    System.out.printf(
        "%s (min / median / max): events/s %s   CPU-s per million %s%n",
        name,
        Measured.spread(runs, Measured::rate, "%,.0f"),
        Measured.spread(runs, Measured::cpuPerMillion, "%.2f"));
  }

  private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
