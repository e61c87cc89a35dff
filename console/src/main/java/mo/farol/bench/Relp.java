package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mo.farol.centre.Folders;

/**
 * How fast RELP is answered, each answer after the frame is on disk: a rate kept up for a time, and
 * at the end a count of what is there.
 */
public final class Relp {
  private final long rate;
  private final int seconds;
  private final int runs;

  /**
   * @param rate messages a second over all connections
   * @param seconds of each run
   */
  public Relp(long rate, int seconds, int runs) {
    this.rate = rate;
    this.seconds = seconds;
    this.runs = runs;
  }

  public void measure(Path home) throws IOException, InterruptedException {
    System.out.printf(
        "RELP: %,d messages/s of %d bytes over %d connections with windows of %,d, for %d s%n",
        rate, RelpLoad.SIZE, RelpLoad.CONNECTIONS, RelpLoad.WINDOW, seconds);
    for (int i = 0; i < runs; i++) {
      var folder = home.resolve("relp-" + i);
      try (var farol = new FarolReceiver(folder)) {
        run(farol);
      }
      Folders.delete(folder);
    }
  }

  private void run(FarolReceiver farol) throws IOException, InterruptedException {
    var sender =
        ChildJvm.start(
            List.of(
                "bench",
                "--relp",
                farol.at("intake.relp"),
                "--rate",
                Long.toString(rate),
                "--seconds",
                Integer.toString(seconds)));
    System.out.println("  " + ChildJvm.lastLine(sender));
    long sent = rate * seconds;
    farol.await(sent);
    System.out.printf(
        Locale.ROOT,
        "  all %,d on disk and parsed; the collector used %.2f CPU-s per million%n",
        sent,
        farol.cost().cpuSeconds() * 1e6 / sent);
  }
}
