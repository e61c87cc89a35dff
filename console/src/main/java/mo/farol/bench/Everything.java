package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import mo.farol.centre.Folders;

/**
 * A centre with every stage on: how many events a second it makes searchable and watches, what that
 * costs, and how late its alerts are below that rate. Beside it, where asked for, an OpenSearch
 * node that only indexes, in turn, each alone on the machine, on the same events.
 */
public final class Everything {
  /**
   * What to measure.
   *
   * @param events of the corpus, a fifth of which is sent before the clock runs
   * @param runs of each program
   * @param seed names the corpus
   * @param openSearch whether OpenSearch is measured in turn
   * @param load how much of the measured rate is offered while the delay of alerts is measured, in
   *     per cent; 0 leaves that out
   * @param rate what is offered instead, in events a second, where not 0
   * @param seconds for how long
   */
  public record Wish(
      long events, int runs, long seed, boolean openSearch, int load, long rate, int seconds) {}

  private final Wish wish;
  private final Centre.Start start;
  private final Figures figures = new Figures();
  private final Loading loading = new Loading(figures, "searchable (farol: and detected)");
  private final List<Measured> ours = new ArrayList<>();
  private final List<Measured> theirs = new ArrayList<>();

  public Everything(Wish wish, Centre.Start start) {
    this.wish = wish;
    this.start = start;
  }

  /**
   * Measures and prints.
   *
   * @param home an empty folder
   */
  public void measure(Path home) throws IOException, InterruptedException {
    String jars = wish.openSearch ? OpenSearchJars.classPath() : "";
    var forms = EnumSet.noneOf(Corpus.Form.class);
    if (wish.openSearch) {
      forms.add(Corpus.Form.BULK);
    }
    var corpus = Corpus.write(home.resolve("corpus"), wish.events, wish.seed, forms);
    tell(corpus);
    for (int run = 0; run < wish.runs; run++) {
      ours.add(farol(home.resolve("run"), corpus, run == 0));
      if (wish.openSearch) {
        theirs.add(openSearch(jars, home.resolve("run"), corpus, run == 0));
      }
    }
    System.out.print(
        figures.table(wish.openSearch ? List.of("farol", "opensearch") : List.of("farol")));
    compare();
    if (wish.load > 0) {
      delay(home);
    }
  }

  private void tell(Corpus corpus) {
    System.out.printf(
        Locale.ROOT,
        "every stage on: %,d events of %.0f bytes over 15 h, seed %d; the first %,d are sent before"
            + " the clock runs, each run in a fresh home%n",
        wish.events,
        (double) corpus.lineBytes() / wish.events,
        wish.seed,
        corpus.eventsIn(corpus.warm()));
  }

  private Measured farol(Path home, Corpus corpus, boolean isFirst)
      throws IOException, InterruptedException {
    var centre = start(home);
    try (var keeper = new CentreKeeper(home, centre)) {
      figures.add("start to ready, s", keeper.name(), centre.readySeconds());
      Thread.sleep(5_000);
      figures.add("resident idle, MiB", keeper.name(), centre.cost().residentMiB());
      return run(keeper, corpus, isFirst);
    } finally {
      Folders.delete(home);
    }
  }

  private Measured openSearch(String jars, Path home, Corpus corpus, boolean isFirst)
      throws IOException, InterruptedException {
    try (var keeper = new OpenSearch(jars, home, corpus.fields())) {
      return run(keeper, corpus, isFirst);
    } finally {
      Folders.delete(home);
    }
  }

  private Measured run(Keeper keeper, Corpus corpus, boolean isFirst)
      throws IOException, InterruptedException {
    if (isFirst) {
      keeper.settings().forEach(line -> System.out.println(keeper.name() + ": " + line));
    }
    var run = loading.run(keeper, corpus);
    figures.add("peak resident, MiB", keeper.name(), keeper.cost().peakMiB());
    return run;
  }

  private Centre start(Path home) throws IOException, InterruptedException {
    Probes.writeRule(home);
    return start.in(home);
  }

  private void compare() {
    if (!theirs.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "farol with everything on to OpenSearch that only indexes, by medians: %.2f times the rate"
              + " (%,.0f to %,.0f events/s), %.2f of the CPU (%.1f to %.1f CPU-s a million)%n",
          median(ours, Measured::rate) / median(theirs, Measured::rate),
          median(ours, Measured::rate),
          median(theirs, Measured::rate),
          median(ours, Measured::cpuPerMillion) / median(theirs, Measured::cpuPerMillion),
          median(ours, Measured::cpuPerMillion),
          median(theirs, Measured::cpuPerMillion));
    }
  }

  private void delay(Path home) throws IOException, InterruptedException {
    double measured = median(ours, Measured::rate);
    long rate = wish.rate > 0 ? wish.rate : Math.max(1, (long) (measured * wish.load / 100));
    long every = Math.max(1, rate / AlertDelay.PROBES);
    // As warm as the runs whose rate is offered.
    int warm = Math.toIntExact(Math.max(1, wish.events / 5 / Corpus.CHUNK));
    long events = (long) warm * Corpus.CHUNK + rate * wish.seconds;
    Folders.delete(home.resolve("corpus"));
    var corpus =
        Corpus.write(
            home.resolve("probed"),
            events,
            wish.seed + 1,
            EnumSet.noneOf(Corpus.Form.class),
            every);
    System.out.printf(
        Locale.ROOT,
        "alerts while %,d events a second are offered (%.0f %% of the median above) for %d s after"
            + " %,d as fast as they are taken; one line of %,d raises one; read by the bench on the"
            + " same cores%n",
        rate,
        100 * rate / measured,
        wish.seconds,
        corpus.eventsIn(warm),
        every);
    var run = home.resolve("run");
    var centre = start(run);
    try (var keeper = new CentreKeeper(run, centre)) {
      new AlertDelay(centre).measure(keeper, corpus, warm, every, rate);
    } finally {
      Folders.delete(run);
    }
  }

  private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
