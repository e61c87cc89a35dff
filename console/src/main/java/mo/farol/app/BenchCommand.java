package mo.farol.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.bench.Collect;
import mo.farol.bench.Collector;
import mo.farol.bench.Detect;
import mo.farol.bench.Everything;
import mo.farol.bench.Fairness;
import mo.farol.bench.Generator;
import mo.farol.bench.HttpLoad;
import mo.farol.bench.Hunting;
import mo.farol.bench.IdleTls;
import mo.farol.bench.IdleTlsLoad;
import mo.farol.bench.Machine;
import mo.farol.bench.Relp;
import mo.farol.bench.RelpLoad;
import mo.farol.bench.SearchChild;
import mo.farol.bench.Searching;
import mo.farol.centre.Folders;
import mo.farol.sample.Flood;
import mo.farol.sample.SampleRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code farol bench}: what this machine makes of Farol. A centre in a process of its own with all
 * stages on, a generator in another; CPU and memory as the operating system counts them for the
 * whole process.
 */
@Command(
    name = "bench",
    description = "Measures events a second and CPU-seconds a million, all stages on.")
final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum Part {
    ALL,
    COLLECT,
    FAIRNESS,
    RELP,
    SEARCH,
    IDLE,
    DETECT,
    HUNT
  }

  private static final long SEED = 20_261_124;
  // Without index and detection a run of a million would be over before it says anything.
  private static final int COLLECT_TIMES = 5;
  private static final long RELP_RATE = 20_000;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "events a run (default: ${DEFAULT-VALUE})")
  private long events;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "counted runs, each after a warm-up (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--rules",
      paramLabel = "N",
      defaultValue = "100",
      description = "generated Sigma rules beside the book (default: ${DEFAULT-VALUE})")
  private int rules;

  @Option(
      names = "--rule-folder",
      paramLabel = "DIR",
      description = "Sigma rules to load instead of generated ones")
  private Optional<Path> ruleFolder;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "events a second: with ALL offered while the delay of alerts is measured, instead of"
              + " --load; with RELP, 20,000 without")
  private long rate;

  @Option(
      names = "--load",
      paramLabel = "PERCENT",
      defaultValue = "70",
      description =
          "with ALL: how much of the measured rate is offered, for --seconds, while the delay of"
              + " alerts is measured; 0 leaves that out (default: ${DEFAULT-VALUE})")
  private int load;

  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      description = "what to measure; the same as --part, and shorter")
  private Optional<Part> word;

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "ALL",
      description =
          "ALL: every stage on, and how late alerts are; DETECT: Sigma rules of --rule-folder alone, on one thread; COLLECT:"
              + " receive, durable and parsed alone, of five times the events; FAIRNESS: a quiet"
              + " agency beside a noisy one; RELP: time to its answers at a --rate kept up for"
              + " --seconds; SEARCH: kept, searchable and searched, beside peers where asked for;"
              + " HUNT: rules and indicators against history, in this process;"
              + " IDLE: memory of TLS connections (default: ${DEFAULT-VALUE})")
  private Part part;

  @Option(
      names = "--rsyslogd",
      description = "with COLLECT: measure rsyslogd writing parsed JSON in turn, as the peer")
  private boolean rsyslogd;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "with ALL and RELP: how long the rate is kept up; with FAIRNESS: each state in each run"
              + " (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--over",
      paramLabel = "INPUT",
      defaultValue = "TCP",
      description = "with FAIRNESS: the noisy agency's input, ${COMPLETION-CANDIDATES}")
  private Fairness.Over over;

  @Option(
      names = "--recorded",
      paramLabel = "FILE",
      description = "with DETECT: events of JSON lines, plain or gzip, instead of made ones")
  private List<Path> recorded = List.of();

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "5000",
      description = "with IDLE: how many there are (default: ${DEFAULT-VALUE})")
  private int connections;

  @Option(names = "--line", hidden = true, defaultValue = "0", description = "pad lines to this")
  private int lineBytes;

  @Option(names = "--quota", hidden = true, defaultValue = "0", description = "of its inputs")
  private long quota;

  @Option(names = "--keys", hidden = true, description = "what an idle client comes with")
  private Optional<Path> keys;

  @Mixin private BenchPeers peers;

  @Mixin private BenchPour pour;

  @Mixin private BenchRole role;

  @Override
  public Integer call() throws Exception {
    if (role.isGiven()) {
      play(role);
      return 0;
    }
    Path home = Files.createTempDirectory("farol-bench-");
    try {
      System.out.printf("machine: %s%ndate: %s%n", Machine.describe(), Instant.now());
      switch (word.orElse(part)) {
        case ALL -> everything(home);
        case COLLECT -> new Collect(events * COLLECT_TIMES, runs, rsyslogd).measure(home);
        case FAIRNESS -> new Fairness(runs, seconds, over).measure(home);
        case RELP -> new Relp(rate == 0 ? RELP_RATE : rate, seconds, runs).measure(home);
        case SEARCH -> new Searching(events, runs, SEED, peers.wanted()).measure(home);
        case IDLE -> new IdleTls(connections).measure(home);
        case HUNT -> new Hunting(events, runs, ruleFolder, SEED).measure(home);
        case DETECT ->
            new Detect(rulesIn(home), recorded, Math.max(200_000, events / 2), runs, SEED)
                .measure();
      }
    } finally {
      Folders.delete(home);
    }
    return 0;
  }

  private void play(BenchRole wanted) throws Exception {
    if (wanted.flood != null) {
      Generator.be(new Flood(address(wanted.flood), events, rate, SEED, lineBytes));
    } else if (wanted.relp != null) {
      RelpLoad.be(address(wanted.relp), rate, seconds);
    } else if (wanted.http != null) {
      HttpLoad.be(address(wanted.http), rate, seconds);
    } else if (wanted.idle != null) {
      IdleTlsLoad.be(address(wanted.idle), connections, keys.orElseThrow());
    } else if (wanted.pour != null) {
      pour.of(wanted.pour, rate).be();
    } else if (wanted.searcher != null) {
      SearchChild.run(wanted.searcher);
    } else if (wanted.collector != null) {
      Collector.run(wanted.collector, quota);
    }
  }

  private static InetSocketAddress address(String to) {
    int colon = to.lastIndexOf(':');
    return new InetSocketAddress(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)));
  }

  private Path rulesIn(Path home) throws IOException {
    Path folder = ruleFolder.orElse(home.resolve("bench-rules"));
    if (ruleFolder.isEmpty()) {
      SampleRules.write(folder, rules, SEED);
    }
    return folder;
  }

  private void everything(Path home) throws IOException, InterruptedException {
    Path folder = rulesIn(home);
    System.out.printf(
        "Sigma rules: the book and %s%n",
        ruleFolder.map(f -> "those of " + f).orElse(rules + " generated"));
    var wish =
        new Everything.Wish(events, runs, SEED, peers.wanted().openSearch(), load, rate, seconds);
    new Everything(wish, where -> BenchCentre.start(where, folder)).measure(home);
  }
}
