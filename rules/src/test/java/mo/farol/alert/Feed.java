package mo.farol.alert;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.match.MatchCounts;
import mo.farol.match.RuleSettings;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sigma.RuleBook;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.window.LateHit;
import mo.farol.window.WindowConfig;
import mo.farol.window.Windows;

/** Raw lines through the real parser into the real watch, as the follower would hand them over. */
final class Feed {
  static final RuleBook RULES = RuleBook.load(List.of(Path.of("book")));
  static final DecisionBook DECISIONS = DecisionBook.load(List.of(Path.of("decide")));

  /** Longer than a window of the book and what it waits for. */
  static final Duration TO_THE_END = Duration.ofHours(10);

  /** One frame as the journal would hold it. */
  record Line(String agency, String text) {}

  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch batch = new EventBatch();
  private final RuleBook rules;
  private final List<Line> journal;
  private final int batchSize;
  private final ManualClock clock;
  private final Map<Long, Instant> received = new HashMap<>(); // by block, when it came first

  /**
   * @param batchSize frames in a block
   */
  Feed(List<Line> journal, int batchSize) {
    this(RULES, journal, batchSize, Instant.parse("2025-06-20T10:00:00Z"));
  }

  Feed(RuleBook rules, List<Line> journal, int batchSize) {
    this(rules, journal, batchSize, Instant.parse("2025-06-04T10:00:00Z"));
  }

  private Feed(RuleBook rules, List<Line> journal, int batchSize, Instant receivedFrom) {
    this.rules = rules;
    clock = new ManualClock(receivedFrom);
    this.journal = journal;
    this.batchSize = batchSize;
  }

  /** A watch over a book; everything is live and was received on one later day. */
  Watch watch(AlertBook book, LookBack lookBack) {
    return watch(book, lookBack, Optional.empty());
  }

  /** One that keeps its windows in a file. */
  Watch watch(AlertBook book, LookBack lookBack, Optional<Path> file) {
    return watch(book, lookBack, set(rules), file);
  }

  /** One with rules of its own. */
  Watch watch(AlertBook book, LookBack lookBack, RuleSet set, Optional<Path> file) {
    return watch(set, clock, book, lookBack, file);
  }

  /** A watch by the book's decisions. */
  static Watch watch(
      RuleBook rules, ManualClock clock, AlertBook book, LookBack lookBack, Optional<Path> file) {
    return watch(set(rules), clock, book, lookBack, file);
  }

  private static Watch watch(
      RuleSet set, ManualClock clock, AlertBook book, LookBack lookBack, Optional<Path> file) {
    return new Watch(
        set,
        new Windows(
            set.windows(),
            WindowConfig.defaults(),
            new SimpleMeterRegistry(),
            file,
            LateHit.Sink.NONE),
        DECISIONS,
        DeskConfig.standard(),
        new Sources(SilenceConfig.defaults(), clock),
        book,
        lookBack,
        clock,
        new SimpleMeterRegistry(),
        _ -> {});
  }

  /** Rules as a centre would compile them. */
  static RuleSet set(RuleBook rules) {
    return RuleSet.compile(
        rules, RuleSettings.standard(), new MatchCounts(new SimpleMeterRegistry()));
  }

  /** Hands over the frames from the watch's own offset up to a sequence. */
  void run(Watch watch, long end) {
    long next = watch.next();
    while (next < end) {
      long block = next / batchSize * batchSize;
      int to = (int) Math.min(end, block + batchSize);
      var frames = journal.subList((int) block, to);
      var texts = frames.stream().map(Line::text).toArray(String[]::new);
      clock.advance(received.containsKey(block) ? Duration.ofMillis(5) : Duration.ofSeconds(1));
      var receivedAt = received.computeIfAbsent(block, _ -> clock.instant());
      parser.parse(FrameBatch.ofTexts(origin(), receivedAt, texts), block, block, batch);
      batch.skipBefore(next);
      watch.accept(batch);
      watch.pulse(false);
      next = to;
    }
  }

  /** Time goes by, and nothing comes though it could be heard. */
  void idle(Watch watch, Duration span) {
    watch.listen();
    int steps = (int) Math.max(10, span.toMinutes() / 2);
    for (int i = 0; i < steps; i++) {
      clock.advance(span.dividedBy(steps));
      watch.pulse(true);
    }
  }

  /** All frames through a fresh watch, closed cleanly. */
  List<Alert> alerts() {
    var book = new MemoryAlertBook();
    try (var watch = watch(book, LookBack.NONE)) {
      run(watch, journal.size());
    }
    return book.alerts();
  }

  /** The same, and then time goes by until every window is over. */
  List<Alert> alertsToTheEnd() {
    var book = new MemoryAlertBook();
    try (var watch = watch(book, LookBack.NONE)) {
      run(watch, journal.size());
      idle(watch, TO_THE_END);
    }
    return book.alerts();
  }

  private static Origin origin() {
    return new Origin("agency-a", "syslog.tcp", "127.0.0.1", "", false, "", 2025, "UTC");
  }

  static List<Line> lines(Path file) throws IOException {
    try (var in = Files.newInputStream(file);
        var text =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8))) {
      var lines = new ArrayList<Line>();
      text.lines().filter(line -> !line.isEmpty()).forEach(l -> lines.add(new Line("agency-a", l)));
      return lines;
    }
  }
}
