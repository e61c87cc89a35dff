package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.search.Asker;
import mo.farol.search.Harvest;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.search.SearchRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first of three days is lost and not made again yet: what the others have is taken out whole,
 * and what is new is followed.
 */
class DayMadeAgainTest {
  private static final Instant LOST = Instant.parse("2026-11-20T00:00:00Z");
  private static final int DAYS = 3;
  private static final Instant END = LOST.plus(Duration.ofDays(DAYS));
  private static final int ALL = 300;

  @TempDir(factory = InMemory.class)
  Path folder;

  private final Lines lines = new Lines();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));

  @BeforeEach
  void lose() throws IOException {
    for (int i = 0; i < ALL; i++) {
      line(i);
    }
    try (var store = open()) {
      follow(store);
    }
    try (var files = Files.walk(folder.resolve(LOST.toString().substring(0, 10)))) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void an_export_of_other_days_is_whole() throws IOException {
    try (var store = open();
        var search = search(store)) {
      assertThat(store.searchable()).as("from where it is made again").isZero();
      var from = LOST.plus(Duration.ofDays(1));

      var harvest = harvest(search, from, END);

      assertThat(sequences(harvest)).isEqualTo(expected(from, END));
      assertThat(harvest.missing()).isEmpty();
    }
  }

  @Test
  void an_export_of_that_day_too_has_all_others_and_says_why_not_more() throws IOException {
    try (var store = open();
        var search = search(store)) {
      var harvest = harvest(search, LOST, END);

      assertThat(sequences(harvest)).isEqualTo(expected(LOST.plus(Duration.ofDays(1)), END));
      assertThat(harvest.missing()).hasSize(1);
      assertThat(harvest.missing().getFirst()).contains("a day of the index was being made again");
    }
  }

  @Test
  void a_query_is_followed_and_only_what_comes_is_new() throws IOException {
    try (var store = open();
        var search = search(store)) {
      var tail = search.follow(Asker.named("ana"), "", Scope.national(), Optional.empty());
      assertThat(tail.at()).isEqualTo(ALL);
      assertThat(tail.next()).isEmpty();

      follow(store);
      assertThat(tail.next()).as("events of before").isEmpty();
      line(ALL);
      follow(store);

      var part = tail.next().orElseThrow();
      assertThat(part.events()).hasSize(1).allMatch(e -> e.id().sequence() == ALL);
      assertThat(part.exact()).isTrue();
    }
  }

  @Test
  void a_tail_that_stood_before_goes_on_and_says_that_a_day_is_missing() throws IOException {
    try (var store = open();
        var search = search(store)) {
      var tail = search.follow(Asker.named("ana"), "", Scope.national(), Optional.of(0L));
      for (var batch : lines.batches().subList(0, 60)) {
        store.accept(batch);
      }
      store.refresh();

      var part = tail.next().orElseThrow();
      assertThat(part.exact()).isFalse();
      assertThat(part.events()).isNotEmpty();
    }
  }

  // Days take turns.
  private void line(int i) {
    var at = LOST.plus(Duration.ofDays(i % DAYS)).plusSeconds(i);
    lines.batch(Lines.line("a", at.toString(), Severity.NOTICE, "user.name", "u" + i));
  }

  private void follow(Store store) {
    for (var batch : lines.batches()) {
      if (batch.sequence(0) >= store.next()) {
        store.accept(batch);
      }
    }
    store.refresh();
    store.commit();
  }

  private List<Long> expected(Instant from, Instant to) {
    return lines.events().stream()
        .filter(e -> !e.occurredAt().isBefore(from) && e.occurredAt().isBefore(to))
        .map(e -> e.id().sequence())
        .toList();
  }

  private static Harvest harvest(Search search, Instant from, Instant to) {
    return search.harvest(
        Asker.named("ana"), new SearchRequest("", Scope.national(), from, to, 1, Optional.empty()));
  }

  private static List<Long> sequences(Harvest harvest) {
    var all = new ArrayList<Long>();
    while (!harvest.isOver()) {
      harvest.next().ifPresent(found -> all.add(found.event().id().sequence()));
    }
    return all.stream().sorted().toList();
  }

  private Search search(Store store) {
    return new Search(store, lines, SearchConfig.defaults());
  }

  private Store open() {
    return Store.open(
        new StoreConfig(folder, 1 << 20, Duration.ofSeconds(5), 4),
        clock,
        new SimpleMeterRegistry());
  }
}
