package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.match.Rounds;
import mo.farol.match.Rules;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One journal, read in parts that are cut at random places, with a clock that looks in between
 * whenever it likes and a centre that is killed and starts again: the alerts are the same, and so
 * is what they count.
 */
@Tag("rounds")
class CutsTest {
  /** Frames that were received together. */
  private record Block(long first, Instant receivedAt, List<String> texts) {
    long next() {
      return first + texts.size();
    }
  }

  @TempDir private Path folder;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch batch = new EventBatch();

  @Test
  void the_book_gives_the_same_alerts_and_counts_wherever_it_is_cut() throws IOException {
    var lines = BookDays.lines(Path.of("book")).stream().map(Feed.Line::text).toList();
    agree(Feed.RULES, lines, Rounds.of(1, 4), "Machine that reports to one address outside");
  }

  @Test
  void windows_that_close_and_counts_of_them_are_the_same_wherever_they_are_cut() {
    var rules = Rules.book(CLOSING);
    assertThat(rules.refusals()).isEmpty();
    agree(
        rules,
        quiet(new Random(seed())),
        Rounds.of(3, 12),
        "Few of a kind",
        "Hardly any",
        "Unanswered",
        "All");
  }

  private void agree(RuleBook rules, List<String> lines, int rounds, String... titles) {
    long seed = seed();
    var random = new Random(seed);
    var blocks = blocks(random, lines);
    var whole = whole(rules, blocks);
    assertThat(whole).extracting(Alert::title).contains(titles);
    for (int round = 0; round < rounds; round++) {
      assertThat(facts(cut(rules, blocks, random, round)))
          .as("round %d of -Dfarol.seed=%d", round, seed)
          .containsExactlyInAnyOrderElementsOf(facts(whole));
    }
  }

  /** Block by block, nobody looking in between but when the next is there. */
  private List<Alert> whole(RuleBook rules, List<Block> blocks) {
    var clock = new ManualClock(blocks.getFirst().receivedAt());
    var book = new MemoryAlertBook();
    try (var watch = Feed.watch(rules, clock, book, LookBack.NONE, Optional.empty())) {
      for (var block : blocks) {
        goOn(clock, block.receivedAt());
        hand(watch, block, 0, block.texts().size());
        watch.pulse(false);
      }
      end(watch, clock);
    }
    return book.alerts();
  }

  private List<Alert> cut(RuleBook rules, List<Block> blocks, Random random, int round) {
    var file = Optional.of(folder.resolve("windows" + round));
    var clock = new ManualClock(blocks.getFirst().receivedAt());
    var book = new MemoryAlertBook();
    var watch = Feed.watch(rules, clock, book, LookBack.NONE, file);
    watch.listen();
    for (int kills = 0; kills < 4; kills++) {
      long end = random.nextLong(blocks.getLast().next());
      read(watch, blocks, end, clock, random);
      if (random.nextBoolean()) {
        watch.close(); // else it is killed, and what it had not kept is lost
      }
      watch = Feed.watch(rules, clock, book, (s, _) -> Math.max(0, s - 700), file);
      watch.listen();
    }
    read(watch, blocks, blocks.getLast().next(), clock, random);
    end(watch, clock);
    watch.close();
    return book.alerts();
  }

  private void read(Watch watch, List<Block> blocks, long end, ManualClock clock, Random random) {
    long next = watch.next();
    for (var block : blocks) {
      while (next < Math.min(end, block.next()) && next >= block.first()) {
        lookInBetween(watch, block.receivedAt(), clock, random);
        int from = (int) (next - block.first());
        int count = 1 + random.nextInt(block.texts().size() - from);
        hand(watch, block, from, count);
        next += count;
        clock.advance(Duration.ofMillis(random.nextInt(300)));
        watch.pulse(false);
      }
    }
  }

  // The centre is awake while nothing comes; what was read before is long past.
  private static void lookInBetween(
      Watch watch, Instant receivedAt, ManualClock clock, Random random) {
    long millis = Duration.between(clock.instant(), receivedAt).toMillis();
    for (int looks = random.nextInt(6); looks > 0 && millis > 1; looks--) {
      long step = random.nextLong(millis);
      clock.advance(Duration.ofMillis(step));
      millis -= step;
      watch.pulse(true);
    }
    goOn(clock, receivedAt);
  }

  private static void goOn(ManualClock clock, Instant to) {
    if (to.isAfter(clock.instant())) {
      clock.advance(Duration.between(clock.instant(), to));
    }
  }

  private static void end(Watch watch, ManualClock clock) {
    watch.listen();
    for (int minute = 0; minute < 600; minute++) {
      clock.advance(Duration.ofMinutes(1));
      watch.pulse(true);
    }
  }

  private void hand(Watch watch, Block block, int from, int count) {
    var texts = block.texts().subList(from, from + count).toArray(String[]::new);
    parse(block.receivedAt(), block.first() + from, texts);
    watch.accept(batch);
  }

  private void parse(Instant receivedAt, long first, String... texts) {
    var origin = new Origin("agency-a", "syslog.tcp", "127.0.0.1", "", false, "", 2025, "UTC");
    parser.parse(FrameBatch.ofTexts(origin, receivedAt, texts), first, first, batch);
  }

  /** Received when they happened, some seconds later, one after the other. */
  private List<Block> blocks(Random random, List<String> lines) {
    var blocks = new ArrayList<Block>();
    var receivedAt = Instant.EPOCH;
    for (int from = 0; from < lines.size(); ) {
      int to = Math.min(lines.size(), from + 1 + random.nextInt(8));
      parse(Instant.parse("2030-01-01T00:00:00Z"), from, lines.get(from));
      var first = Micros.toInstant(batch.occurredAtMicros(0));
      var texts = new ArrayList<String>();
      int next = from;
      for (; next < to && isNear(lines.get(next), next, first); next++) {
        texts.add(lines.get(next));
      }
      var last = first.plusSeconds(5 + random.nextInt(3)).plusMillis(random.nextInt(1_000));
      receivedAt = last.isAfter(receivedAt) ? last : receivedAt.plusMillis(1);
      blocks.add(new Block(from, receivedAt, texts));
      from = next;
    }
    return blocks;
  }

  private boolean isNear(String line, int sequence, Instant first) {
    parse(Instant.parse("2030-01-01T00:00:00Z"), sequence, line);
    var at = Micros.toInstant(batch.occurredAtMicros(0));
    return !at.isAfter(first.plusSeconds(4)) && !at.isBefore(first.minusSeconds(60));
  }

  /** Three hosts that say a few things now and then, for some hours. */
  private static List<String> quiet(Random random) {
    var lines = new ArrayList<String>();
    var at = Instant.parse("2025-06-03T00:00:00Z");
    for (int i = 0; i < 900; i++) {
      at = at.plusMillis(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 20_000));
      lines.add(
          "{\"@timestamp\":\"%s\",\"host\":{\"name\":\"h%d\"},\"ev\":\"%s\",\"user\":\"u%d\",\"size\":%d}"
              .formatted(
                  at,
                  random.nextInt(3),
                  random.nextBoolean() ? "ask" : "answer",
                  random.nextInt(4),
                  random.nextInt(9)));
    }
    return lines;
  }

  private static final String CLOSING =
      """
      title: Ask
      id: ask
      logsource: {}
      detection: {s: {ev: ask}, condition: s}
      level: informational
      ---
      title: Answer
      id: answer
      logsource: {}
      detection: {s: {ev: answer}, condition: s}
      level: informational
      ---
      title: Few of a kind
      id: few
      level: medium
      correlation:
        type: value_count
        rules: [ask]
        group-by: [user]
        timespan: 5m
        condition: {field: size, lte: 4}
      ---
      title: Hardly any
      id: hardly
      level: medium
      correlation:
        type: event_count
        rules: [answer]
        group-by: [user]
        timespan: 4m
        condition: {lt: 6}
      ---
      title: Unanswered
      id: unanswered
      level: high
      correlation:
        type: farol_absence
        rules: [ask, answer]
        group-by: [user]
        timespan: 1m
      ---
      title: Often
      id: often
      level: informational
      correlation:
        type: event_count
        rules: [ask]
        group-by: [user]
        timespan: 5m
        condition: {gte: 5}
      ---
      title: All
      id: all
      level: high
      correlation:
        type: temporal
        rules: [few, hardly, often]
        group-by: [user]
        timespan: 20m
      """;

  private static long seed() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    return seed;
  }

  private record Fact(
      String id,
      String title,
      Instant firstAt,
      Instant lastAt,
      long count,
      List<?> events,
      Object severity) {}

  private static List<Fact> facts(List<Alert> alerts) {
    return alerts.stream()
        .filter(a -> a.steps().stream().noneMatch(s -> s.kind() == WhyStep.Kind.SILENCE))
        .map(
            a ->
                new Fact(
                    a.id(),
                    a.title(),
                    a.firstAt(),
                    a.lastAt(),
                    a.count(),
                    a.events(),
                    a.severity()))
        .sorted(Comparator.comparing(Fact::id))
        .toList();
  }
}
