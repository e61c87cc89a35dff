package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mo.farol.centre.Folders;

/**
 * Keeping events so that they can be searched, and searching them; beside Farol, where asked for,
 * OpenSearch and VictoriaLogs, one after the other on the same events, each alone on the machine.
 * What they answer is compared.
 */
public final class Searching {
  private static final int WARM_UPS = 200;
  private static final int CALLS = 200;
  private static final int COMPARED = 5;
  private static final int STILL = 2;
  private static final int PATIENCE_SECONDS = 300;
  private static final double STILL_CPU = 0.05;
  // Farol commits what came last within 5 s.
  private static final long COMMITTED_MILLIS = 6_000;

  /**
   * Whom to measure beside Farol.
   *
   * @param openSearch one node of its Maven jars
   * @param victoriaLogs its program
   */
  public record Peers(boolean openSearch, Optional<Path> victoriaLogs) {}

  /** Starts a program in a fresh folder. */
  private interface Start {
    Engine in(Path folder) throws IOException, InterruptedException;
  }

  private final long events;
  private final int runs;
  private final long seed;
  private final Peers peers;
  private final Figures figures = new Figures();
  private final Map<Asked, List<Answer>> ours = new EnumMap<>(Asked.class);
  private int compared;
  private int differing;

  /**
   * @param events of the corpus
   * @param seed names it
   */
  public Searching(long events, int runs, long seed, Peers peers) {
    this.events = events;
    this.runs = runs;
    this.seed = seed;
    this.peers = peers;
  }

  public void measure(Path home) throws IOException, InterruptedException {
    String jars = peers.openSearch ? OpenSearchJars.classPath() : "";
    var corpus = Corpus.write(home.resolve("corpus"), events, seed, forms());
    tell(corpus);
    var programs = new ArrayList<String>();
    var starts = starts(jars, corpus);
    for (int run = 0; run < runs; run++) {
      for (var start : starts) {
        var folder = home.resolve("run");
        try (var engine = start.in(folder)) {
          if (run == 0) {
            programs.add(engine.name());
            engine.settings().forEach(line -> System.out.println(engine.name() + ": " + line));
          }
          run(engine, corpus);
        }
        Folders.delete(folder);
      }
    }
    System.out.print(figures.table(programs));
    if (compared > 0) {
      System.out.printf("answers compared: %d, differing: %d%n", compared, differing);
    }
  }

  private EnumSet<Corpus.Form> forms() {
    var forms = EnumSet.noneOf(Corpus.Form.class);
    if (peers.openSearch) {
      forms.add(Corpus.Form.BULK);
    }
    if (peers.victoriaLogs.isPresent()) {
      forms.add(Corpus.Form.LINES);
    }
    return forms;
  }

  private List<Start> starts(String jars, Corpus corpus) {
    var starts = new ArrayList<Start>();
    starts.add(FarolEngine::new);
    if (peers.openSearch) {
      starts.add(folder -> new OpenSearch(jars, folder, corpus.fields()));
    }
    peers.victoriaLogs.ifPresent(
        program -> starts.add(folder -> new VictoriaLogs(program, folder)));
    return starts;
  }

  private void tell(Corpus corpus) {
    System.out.printf(
        Locale.ROOT,
        "search: %,d events of %.0f bytes over 15 h, seed %d; the first %,d are sent before the"
            + " clock runs%n",
        events,
        (double) corpus.lineBytes() / events,
        seed,
        corpus.eventsIn(corpus.warm()));
    if (corpus.jsonBytes() > 0) {
      System.out.printf(
          Locale.ROOT,
          "as JSON for the peers: %.0f bytes an event, %d fields, those of Farol's parser%n",
          (double) corpus.jsonBytes() / events,
          corpus.fields().size());
    }
    System.out.printf(
        "queries: %d calls of each kind after %d of every kind and %d more of its own, other"
            + " parameters each call, one connection; p99 of %d is the slowest%n",
        CALLS, WARM_UPS, WARM_UPS, CALLS);
  }

  private void run(Engine engine, Corpus corpus) throws IOException, InterruptedException {
    load(engine, corpus);
    compare(engine, corpus);
    for (var asked : Asked.values()) {
      warmUp(engine, asked, corpus, WARM_UPS + CALLS);
    }
    for (var asked : Asked.values()) {
      ask(engine, asked, corpus);
    }
    figures.add("peak resident, MiB", engine.name(), engine.cost().peakMiB());
    restart(engine, corpus);
  }

  private void load(Engine engine, Corpus corpus) throws IOException, InterruptedException {
    String name = engine.name();
    int warm = corpus.warm();
    if (warm > 0) {
      engine.load(corpus, 0, warm);
      engine.awaitSearchable(corpus.eventsIn(warm));
    }
    long counted = events - corpus.eventsIn(warm);
    var before = engine.cost();
    var sent = engine.load(corpus, warm, corpus.chunks());
    engine.awaitSearchable(events);
    double seconds = (System.nanoTime() - sent.begunNanos()) / 1e9;
    engine.commit();
    comeToRest(engine);
    var run =
        new Measured(
            counted, seconds, engine.cost().cpuSeconds() - before.cpuSeconds(), sent.cpuSeconds());
    System.out.println("  " + name + ": " + run);
    tellBytes(engine);
    figures.add("events/s, sent to searchable", name, run.rate());
    figures.add("CPU-s per million, until at rest", name, run.cpuPerMillion());
    figures.add("sender's CPU-s per million", name, run.generatorCpuPerMillion());
    figures.add("resident at rest, MiB", name, engine.cost().residentMiB());
  }

  private void tellBytes(Engine engine) throws IOException {
    var parts = engine.bytes();
    double all = 0;
    for (var part : parts.entrySet()) {
      double each = (double) part.getValue() / events;
      System.out.printf(
          Locale.ROOT, "  %s: %.0f bytes an event in %s%n", engine.name(), each, part.getKey());
      all += each;
    }
    figures.add("bytes on disk an event", engine.name(), all);
  }

  /** Merges go on as they like; they count, so they are waited for. */
  private static void comeToRest(Engine engine) throws IOException, InterruptedException {
    Thread.sleep(COMMITTED_MILLIS);
    int still = 0;
    for (int i = 0; i < PATIENCE_SECONDS && still < STILL; i++) {
      double before = engine.cost().cpuSeconds();
      Thread.sleep(1_000);
      still = engine.cost().cpuSeconds() - before < STILL_CPU ? still + 1 : 0;
    }
    if (still < STILL) {
      System.out.printf("  %s did not come to rest in %d s%n", engine.name(), PATIENCE_SECONDS);
    }
  }

  private void ask(Engine engine, Asked asked, Corpus corpus) throws IOException {
    warmUp(engine, asked, corpus, 0);
    var nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      var call = engine.call(asked.question(WARM_UPS + i, corpus.from()));
      long begun = System.nanoTime();
      engine.send(call);
      nanos[i] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    figures.add(asked.words() + ": p50, ms", engine.name(), millis(nanos, 0.5));
    figures.add(asked.words() + ": p99, ms", engine.name(), millis(nanos, 0.99));
  }

  private static void warmUp(Engine engine, Asked asked, Corpus corpus, int first)
      throws IOException {
    for (int i = first; i < first + WARM_UPS; i++) {
      engine.send(engine.call(asked.question(i, corpus.from())));
    }
  }

  private static double millis(long[] sorted, double part) {
    return sorted[(int) Math.ceil(sorted.length * part) - 1] / 1e6;
  }

  /** Every event is there, and everybody finds what Farol, who is first, found. */
  private void compare(Engine engine, Corpus corpus) throws IOException {
    for (var asked : Asked.values()) {
      var answers = new ArrayList<Answer>();
      for (int i = 0; i < COMPARED; i++) {
        answers.add(engine.answer(asked.question(i, corpus.from())));
      }
      if (engine instanceof FarolEngine) {
        ours.put(asked, answers);
      } else {
        compare(engine, asked, answers);
      }
      if (asked == Asked.HISTOGRAM && answers.getFirst().total() != events) {
        throw new IOException(
            "%s counts %,d of %,d events"
                .formatted(engine.name(), answers.getFirst().total(), events));
      }
    }
    System.out.printf("  %s: all %,d events found%n", engine.name(), events);
  }

  private void compare(Engine engine, Asked asked, List<Answer> theirs) {
    for (int i = 0; i < COMPARED; i++) {
      compared++;
      String difference = ours.getOrDefault(asked, List.of()).get(i).difference(theirs.get(i));
      if (!difference.isEmpty()) {
        differing++;
        System.out.printf(
            "  ANSWERS DIFFER, %s, farol against %s: %s%n",
            asked.words(), engine.name(), difference);
      }
    }
  }

  private void restart(Engine engine, Corpus corpus) throws IOException, InterruptedException {
    long told = System.nanoTime();
    engine.end();
    long begun = System.nanoTime();
    engine.begin();
    long ready = System.nanoTime();
    engine.send(engine.call(Asked.BUSY.question(Asked.DIFFERENT - 1, corpus.from())));
    long answered = System.nanoTime();
    figures.add("told to end until ended, s", engine.name(), (begun - told) / 1e9);
    figures.add("started until it can be asked, s", engine.name(), (ready - begun) / 1e9);
    figures.add("first search then, ms", engine.name(), (answered - ready) / 1e6);
  }
}
