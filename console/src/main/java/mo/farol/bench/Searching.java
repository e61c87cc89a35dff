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
  private final Loading loading = new Loading(figures, "searchable");
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
    loading.run(engine, corpus);
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
