package mo.farol.bench;

import java.io.IOException;
import java.util.Locale;

/**
 * Loads a corpus into a program that keeps events: a fifth before the clock runs, the rest counted,
 * with what it costs until the program has come to rest.
 */
final class Loading {
  private static final int STILL = 2;
  private static final int PATIENCE_SECONDS = 120;
  private static final double STILL_CPU = 0.05;
  // Farol commits what came last within 5 s.
  private static final long COMMITTED_MILLIS = 6_000;

  private final Figures figures;
  private final String rate;

  /**
   * @param done what the events are when the clock stops, in a word
   */
  Loading(Figures figures, String done) {
    this.figures = figures;
    rate = "events/s, sent to " + done;
  }

  /** What was measured; the figures have it too. */
  Measured run(Keeper keeper, Corpus corpus) throws IOException, InterruptedException {
    String name = keeper.name();
    int warm = corpus.warm();
    if (warm > 0) {
      keeper.load(corpus, 0, warm);
      keeper.awaitSearchable(corpus.eventsIn(warm));
    }
    long counted = corpus.events() - corpus.eventsIn(warm);
    var before = keeper.cost();
    var sent = keeper.load(corpus, warm, corpus.chunks());
    keeper.awaitSearchable(corpus.events());
    double seconds = (System.nanoTime() - sent.begunNanos()) / 1e9;
    keeper.commit();
    comeToRest(keeper);
    var run =
        new Measured(
            counted, seconds, keeper.cost().cpuSeconds() - before.cpuSeconds(), sent.cpuSeconds());
    System.out.println("  " + name + ": " + run);
    tellBytes(keeper, corpus.events());
    figures.add(rate, name, run.rate());
    figures.add("CPU-s per million, until at rest", name, run.cpuPerMillion());
    figures.add("sender's CPU-s per million", name, run.generatorCpuPerMillion());
    figures.add("resident at rest, MiB", name, keeper.cost().residentMiB());
    return run;
  }

  private void tellBytes(Keeper keeper, long events) throws IOException {
    var parts = keeper.bytes();
    double all = 0;
    for (var part : parts.entrySet()) {
      double each = (double) part.getValue() / events;
      System.out.printf(
          Locale.ROOT, "  %s: %.0f bytes an event in %s%n", keeper.name(), each, part.getKey());
      all += each;
    }
    figures.add("bytes on disk an event", keeper.name(), all);
  }

  /** Merges go on as they like; they count, so they are waited for. */
  private static void comeToRest(Keeper keeper) throws IOException, InterruptedException {
    Thread.sleep(COMMITTED_MILLIS);
    int still = 0;
    for (int i = 0; i < PATIENCE_SECONDS && still < STILL; i++) {
      double before = keeper.cost().cpuSeconds();
      Thread.sleep(1_000);
      still = keeper.cost().cpuSeconds() - before < STILL_CPU ? still + 1 : 0;
    }
    if (still < STILL) {
      System.out.printf("  %s did not come to rest in %d s%n", keeper.name(), PATIENCE_SECONDS);
    }
  }
}
