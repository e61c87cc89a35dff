package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same events give the same alerts, however they are cut and whoever falls over between. */
class RestartTest {
  private static final List<Feed.Line> DAY = day();

  @Test
  void the_same_events_give_the_same_alerts_however_they_arrive_in_blocks() {
    var one = new Feed(DAY, 1).alerts();
    var many = new Feed(DAY, 100).alerts();

    assertThat(one).isNotEmpty();
    assertThat(facts(many)).isEqualTo(facts(one));
  }

  @Test
  void a_clean_restart_anywhere_changes_nothing() {
    var whole = facts(new Feed(DAY, 10).alerts());
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);

    for (int round = 0; round < 5; round++) {
      int cut = random.nextInt(DAY.size());
      var feed = new Feed(DAY, 10);
      var book = new MemoryAlertBook();
      try (var watch = feed.watch(book, (sequence, _) -> sequence)) {
        feed.run(watch, cut);
      }
      try (var watch = feed.watch(book, (sequence, _) -> Math.max(0, sequence - 150))) {
        feed.run(watch, DAY.size());
      }
      assertThat(facts(book.alerts())).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void a_crash_that_loses_what_was_not_yet_durable_changes_nothing() {
    var whole = facts(new Feed(DAY, 10).alerts());

    for (int cut = 20; cut < DAY.size(); cut += 23) {
      var feed = new Feed(DAY, 10);
      var book = new MemoryAlertBook();
      feed.run(feed.watch(book, LookBack.NONE), cut); // never closed
      try (var watch = feed.watch(book, (_, _) -> 0)) {
        feed.run(watch, DAY.size());
      }
      assertThat(facts(book.alerts())).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  // The events of every entry of the book, each an hour after the other.
  private static List<Feed.Line> day() {
    try (var folders = Files.list(Path.of("book"))) {
      var lines = new ArrayList<Feed.Line>();
      int hour = 0;
      for (Path entry : folders.filter(Files::isDirectory).sorted().toList()) {
        String shifted = "T%02d:".formatted(hour++);
        Feed.lines(entry.resolve("events.log")).stream()
            .map(line -> new Feed.Line(line.agency(), line.text().replaceFirst("T0[89]:", shifted)))
            .forEach(lines::add);
      }
      return List.copyOf(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Fact(
      String id, Instant firstAt, Instant lastAt, long count, List<?> events, Object severity) {}

  private static List<Fact> facts(List<Alert> alerts) {
    return alerts.stream()
        .map(a -> new Fact(a.id(), a.firstAt(), a.lastAt(), a.count(), a.events(), a.severity()))
        .sorted(Comparator.comparing(Fact::id))
        .toList();
  }
}
