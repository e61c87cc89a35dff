package mo.farol.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.match.BruteMatcher;
import mo.farol.match.Matcher;
import mo.farol.match.RuleSettings;
import mo.farol.match.RuleStanding;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sample.Desktops;
import mo.farol.sample.Traffic;
import mo.farol.sigma.RuleBook;

/**
 * Events a second past Sigma rules, on one thread, parsed beforehand: process creation alone;
 * everything that desktops tell; these and as many lines of a government's syslog. On a sample,
 * asking every rule must find the same. The same with a tenth of the rules says what ten times as
 * many cost.
 */
public final class Detect {
  private static final int SAMPLE = 500;
  private static final int PREPARED = 20_000;
  private static final int TENTH = 10;

  private final Path rules;
  private final List<Path> recorded;
  private final long events;
  private final int runs;
  private final long seed;

  private record Mix(String name, List<String> lines, double goal) {}

  /**
   * @param rules folder of rules
   * @param recorded files of events to use instead of made ones, JSON lines, plain or gzip; a line
   *     may hold the event under that name
   * @param events a counted run
   */
  public Detect(Path rules, List<Path> recorded, long events, int runs, long seed) {
    this.rules = rules;
    this.recorded = List.copyOf(recorded);
    this.events = events;
    this.runs = runs;
    this.seed = seed;
  }

  /** Measures and prints; throws {@link IllegalStateException} where the index misses a match. */
  public void measure() throws IOException {
    long begun = System.nanoTime();
    var book = RuleBook.load(List.of(rules));
    long read = System.nanoTime();
    var settings = RuleSettings.standard();
    int size = new Matcher(book, settings).size();
    System.out.printf(
        Locale.ROOT,
        "%,d rules, %,d refused, read in %d ms, compiled in %d ms; one thread, events parsed"
            + " beforehand%n",
        size,
        book.refusals().size(),
        (read - begun) / 1_000_000,
        (System.nanoTime() - read) / 1_000_000);
    for (Mix mix : mixes()) {
      mix(mix, book, settings);
    }
  }

  private void mix(Mix mix, RuleBook book, RuleSettings settings) {
    var batches = parsed(mix.lines());
    equal(mix, book, settings, batches);
    double[] all = rates(new Matcher(book, settings), batches);
    double[] tenth = rates(new Matcher(tenth(book), settings), batches);
    System.out.printf(
        Locale.ROOT,
        "%-18s %,9.0f / %,9.0f / %,9.0f events/s (goal %,.0f); a tenth of the rules %,9.0f: ten"
            + " times as many cost %.2f times%n",
        mix.name(),
        all[0],
        all[all.length / 2],
        all[all.length - 1],
        mix.goal(),
        tenth[tenth.length / 2],
        tenth[tenth.length / 2] / all[all.length / 2]);
  }

  private static RuleBook tenth(RuleBook book) {
    var some = new ArrayList<mo.farol.sigma.SigmaRule>();
    for (int i = 0; i < book.rules().size(); i += TENTH) {
      some.add(book.rules().get(i));
    }
    return new RuleBook(some, List.of(), List.of(), List.of(), List.of());
  }

  /** Smallest, median, largest; one run before them isn't counted. */
  private double[] rates(Matcher matcher, List<EventBatch> batches) {
    double[] rates = new double[runs];
    run(matcher, batches);
    for (int i = 0; i < runs; i++) {
      rates[i] = run(matcher, batches);
    }
    matcher.standings().stream()
        .filter(each -> each.state() != RuleStanding.State.AT_WORK)
        .forEach(each -> System.out.println("  off: " + each.rule().id() + " " + each.state()));
    Arrays.sort(rates);
    return rates;
  }

  private double run(Matcher matcher, List<EventBatch> batches) {
    long begun = System.nanoTime();
    long done = 0;
    while (done < events) {
      for (var batch : batches) {
        for (int i = 0; i < batch.count(); i++) {
          matcher.match(batch, i, _ -> {});
        }
        done += batch.count();
      }
    }
    return done * 1e9 / (System.nanoTime() - begun);
  }

  private static void equal(
      Mix mix, RuleBook book, RuleSettings settings, List<EventBatch> batches) {
    var matcher = new Matcher(book, settings);
    var brute = new BruteMatcher(book, settings);
    int step = Math.max(1, mix.lines().size() / SAMPLE);
    int looked = 0;
    int matches = 0;
    for (var batch : batches) {
      for (int i = 0; i < batch.count(); i += step) {
        var ids = new ArrayList<String>();
        matcher.match(batch, i, d -> ids.add(d.rule().id()));
        if (!ids.equals(brute.ids(batch, i))) {
          throw new IllegalStateException(
              "the index finds " + ids + " and every rule asked " + brute.ids(batch, i));
        }
        looked++;
        matches += ids.size();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-18s %,d different events; on %,d of them every rule asked finds the same %,d matches%n",
        mix.name(),
        mix.lines().size(),
        looked,
        matches);
  }

  private static List<EventBatch> parsed(List<String> lines) {
    var parser = new Parser(ParseConfig.defaults());
    var origin = Origin.live("finance", "bench", "");
    var batches = new ArrayList<EventBatch>();
    int size = 256;
    for (int from = 0; from < lines.size(); from += size) {
      var frames = new FrameBatch.Builder();
      for (String line : lines.subList(from, Math.min(lines.size(), from + size))) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        frames.add(utf8, 0, utf8.length, (byte) 0);
      }
      var batch = new EventBatch();
      parser.parse(frames.build(origin, Micros.of(Instant.now())), from, 0, batch);
      batches.add(batch);
    }
    return batches;
  }

  private List<Mix> mixes() throws IOException {
    var process = new ArrayList<String>();
    var windows = new ArrayList<String>();
    if (recorded.isEmpty()) {
      var desktops = new Desktops(Instant.parse("2026-11-24T08:00:00Z"), seed);
      for (int i = 0; i < PREPARED; i++) {
        process.add(desktops.process());
        windows.add(desktops.next());
      }
    } else {
      for (Path file : recorded) {
        windows.addAll(read(file));
      }
      windows.stream().filter(Detect::isProcess).forEach(process::add);
    }
    var mixed = new ArrayList<>(windows);
    var traffic = new Traffic(Instant.parse("2026-11-24T08:00:00Z"), windows.size(), seed);
    for (int i = 0; i < windows.size(); i++) {
      var line = new StringBuilder();
      traffic.next(line);
      mixed.add(line.toString());
    }
    Collections.shuffle(mixed, new Random(seed));
    return List.of(
        new Mix("process creation", process, 60_000),
        new Mix("windows", windows, 60_000),
        new Mix("mixed", mixed, 100_000));
  }

  private static boolean isProcess(String line) {
    return line.contains("\"EventID\":4688")
        || (line.contains("\"EventID\":1,") && line.contains("Sysmon"));
  }

  private static List<String> read(Path file) throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    var raw = new BufferedInputStream(Files.newInputStream(file));
    boolean packed = file.toString().endsWith(".gz");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                packed ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        var tree = json.readTree(line);
        lines.add(tree.has("event") ? tree.get("event").toString() : line);
      }
    }
    return lines;
  }
}
