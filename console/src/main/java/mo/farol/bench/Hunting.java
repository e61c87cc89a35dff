package mo.farol.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.flow.Recall;
import mo.farol.hunt.HuntOrder;
import mo.farol.hunt.HuntProgress;
import mo.farol.hunt.HuntResult;
import mo.farol.hunt.HuntTarget;
import mo.farol.hunt.HuntTargetReader;
import mo.farol.hunt.Hunter;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.match.RuleSettings;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sample.Desktops;
import mo.farol.sample.Traffic;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaRule;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;

/**
 * How long hunts take: one rule at a time, and ten thousand indicators, over a day of a
 * government's syslog of which a fifth is what desktops tell. Journal, index and matcher in this
 * process.
 */
public final class Hunting {
  private static final int AT_ONCE = 256;
  private static final int FIFTH = 5;
  private static final int INDICATORS = 10_000;
  private static final int KNOWN = 20;
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final String RULES =
      """
      title: A tool by the end of its path
      id: 5b1a6a3e-0000-4000-8000-000000000001
      logsource: {product: windows, category: process_creation}
      detection:
        sel: {Image|endswith: ['\\psexec.exe', '\\mimikatz.exe']}
        condition: sel
      ---
      title: Words within a command line, but not by a service
      id: 5b1a6a3e-0000-4000-8000-000000000002
      logsource: {product: windows, category: process_creation}
      detection:
        sel: {CommandLine|contains|all: [' -enc', 'hidden']}
        service: {ParentImage|endswith: '\\services.exe'}
        condition: sel and not service
      ---
      title: A login from a network
      id: 5b1a6a3e-0000-4000-8000-000000000003
      logsource: {product: linux, service: sshd}
      detection:
        sel: {source.ip|cidr: 203.0.113.0/24, event.outcome: failure}
        condition: sel
      ---
      title: Words of a message
      id: 5b1a6a3e-0000-4000-8000-000000000004
      logsource: {product: linux}
      detection:
        keywords: ['authentication bypass', 'segfault at']
        condition: keywords
      """;

  private final long events;
  private final int runs;
  private final Optional<Path> rules;
  private final long seed;

  /**
   * @param rules folder of rules, each hunted by itself; four of our own without
   */
  public Hunting(long events, int runs, Optional<Path> rules, long seed) {
    this.events = events;
    this.runs = runs;
    this.rules = rules;
    this.seed = seed;
  }

  /** Fills a home, measures and prints. */
  public void measure(Path home) throws IOException {
    var metrics = new SimpleMeterRegistry();
    try (var journal = Journal.open(JournalConfig.in(home.resolve("journal")), metrics).start();
        var store =
            Store.open(StoreConfig.in(home.resolve("index")), InstantSource.system(), metrics);
        var search = new Search(store, new Recall(journal), SearchConfig.defaults())) {
      fill(journal, store);
      var hunter = new Hunter(store, journal, search);
      var book =
          rules.isPresent()
              ? RuleBook.load(List.of(rules.get()))
              : HuntTargetReader.rules(RULES, RuleSettings.standard());
      rules(hunter, book);
      indicators(hunter);
    }
  }

  private void fill(Journal journal, Store store) {
    long begun = System.nanoTime();
    var parser = new Parser(ParseConfig.defaults());
    var day = Instant.parse("2026-11-24T00:00:00Z");
    var traffic = new Traffic(day, events, seed);
    var desktops = new Desktops(day, seed);
    var line = new StringBuilder();
    var batch = new EventBatch();
    for (long at = 0; at < events; at += AT_ONCE) {
      var frames = new FrameBatch.Builder();
      for (int i = 0; i < AT_ONCE; i++) {
        line.setLength(0);
        if (i % FIFTH == 0) {
          line.append(desktops.next());
        } else {
          traffic.next(line);
        }
        byte[] utf8 = line.toString().getBytes(StandardCharsets.UTF_8);
        frames.add(utf8, 0, utf8.length, (byte) 0);
      }
      var origin = Origin.live(at / AT_ONCE % 2 == 0 ? "finance" : "health", "bench", "");
      var built = frames.build(origin, Micros.of(day.plus(Duration.ofDays(1))));
      parser.parse(built, append(journal, built), -1, batch);
      store.accept(batch);
      store.pulse(false);
    }
    store.refresh();
    store.commit();
    System.out.printf(
        Locale.ROOT,
        "%,d events kept and indexed in %.0f s%n",
        store.searchable(),
        (System.nanoTime() - begun) / 1e9);
  }

  private static long append(Journal journal, FrameBatch frames) {
    var first = new CompletableFuture<Long>();
    journal.append(
        frames,
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            first.complete(firstSequence);
          }

          @Override
          public void failed(JournalFault fault) {
            first.completeExceptionally(fault);
          }
        });
    return first.join();
  }

  private void rules(Hunter hunter, RuleBook book) {
    var settings = RuleSettings.standard();
    var medians = new ArrayList<Double>();
    for (SigmaRule rule : book.rules()) {
      var one = new RuleBook(List.of(rule), List.of(), List.of(), List.of(), List.of());
      medians.add(
          told(rule.ref().title(), hunter, new HuntTarget.Rules(one, settings, Optional.empty())));
    }
    double[] sorted = medians.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%,d rules one by one: median %.2f s, 95th percentile %.2f s, longest %.2f s (goal 2 s)%n",
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * 0.95))],
        sorted[sorted.length - 1]);
  }

  private void indicators(Hunter hunter) {
    var target = HuntTargetReader.indicators(values(), "list", InstantSource.system());
    told("%,d indicators (goal 10 s)".formatted(target.set().size()), hunter, target);
  }

  // Mostly what nobody ever saw, as it is with feeds, and a few that many saw.
  private String values() {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < INDICATORS; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      text.append(
              switch (i % 4) {
                case 0 -> "45.%d.%d.%d".formatted(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255);
                case 1 -> "x%s.c2-relay.top".formatted(HexFormat.of().formatHex(bytes, 0, 5));
                case 2 -> HexFormat.of().formatHex(bytes);
                default ->
                    "http://h%d.dropzone.top/%s"
                        .formatted(bytes[0] & 255, HexFormat.of().formatHex(bytes, 1, 7));
              })
          .append('\n');
    }
    for (int i = 0; i < KNOWN; i++) {
      text.append(Traffic.address(1_000 * (i + 1))).append('\n');
    }
    return text.toString();
  }

  private double told(String title, Hunter hunter, HuntTarget target) {
    double[] seconds = new double[runs];
    HuntResult result = null;
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      result =
          hunter.hunt(
              Asker.named("bench"),
              title,
              new HuntOrder(target, Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE, LONGEST),
              new HuntProgress());
      seconds[i] = (System.nanoTime() - begun) / 1e9;
    }
    Arrays.sort(seconds);
    if (result != null) {
      System.out.printf(
          Locale.ROOT,
          "%-60.60s %6.2f / %6.2f / %6.2f s; %,d match, %,d read of %,d%s%n",
          title,
          seconds[0],
          seconds[runs / 2],
          seconds[runs - 1],
          result.matched(),
          result.read(),
          result.events(),
          result.isWhole() ? "" : ", not whole");
    }
    return seconds[runs / 2];
  }
}
