package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that can't give a day of the index just now, and one that never will again: only the
 * second is damage.
 */
class StoreSectorsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String DAY = Story.START.toString().substring(0, 10);
  private static final int MANY_DAYS = 60;

  @TempDir(factory = InMemory.class)
  Path home;

  private final ManualClock clock = new ManualClock(NOON);
  private final Sectors sectors = new Sectors();
  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Story story = new Story(seed);

  @Test
  void as_many_days_as_may_be_lost_at_once_are_all_whole_again() throws Exception {
    // The first days came last, so that what they need lies behind what the others need.
    for (int day = MANY_DAYS; day > 0; day--) {
      story.lines.batch(line(day, 1), line(day, 2), line(day, 3));
    }
    try (var store = open()) {
      story.follow(store);
    }
    for (var day : Leftovers.days(home)) {
      delete(day);
    }
    try (var store = open()) {
      assertThat(Story.rows(store).missing()).isEqualTo(MANY_DAYS);
      story.follow(store);
      store.commit();
      story.check(store, "after it");
      assertThat(Story.rows(store).exact()).isTrue();
      assertThat(store.mendings()).hasSize(MANY_DAYS).allMatch(Mending::done);
    }
  }

  @Test
  void a_system_that_maps_no_more_files_is_no_damage() throws Exception {
    fill();
    sectors.mapping(
        file -> {
          throw new IOException("Map failed: " + file + " (made up; see vm.max_map_count)");
        });
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("Map failed");
    sectors.heal();
    mustBeUntouched();
  }

  @Test
  void a_page_that_comes_at_the_second_try_is_no_damage() throws Exception {
    fill();
    var tries = new java.util.concurrent.atomic.AtomicInteger();
    sectors.mapping(
        file -> {
          if (file.getFileName().toString().startsWith("segments_")
              && tries.incrementAndGet() == 1) {
            throw new InternalError("a fault occurred in an unsafe memory access (made up)");
          }
        });
    mustBeUntouched();
    assertThat(tries.get()).isGreaterThan(1);
  }

  @Test
  void a_bad_sector_under_any_file_that_a_start_reads_costs_no_more_than_making_the_day_again()
      throws Exception {
    fill();
    for (String file : new String[] {"segments_", ".si"}) {
      sectors.goBad(file(file));
      try (var store = open()) {
        assertThat(store.mendings()).as(file).extracting(Mending::day).contains(DAY);
        story.follow(store);
        store.commit();
        story.check(store, file);
      }
      sectors.heal();
    }
  }

  @Test
  void a_disk_that_is_away_is_no_damage() throws Exception {
    fill();
    sectors.goBad(file("segments_"));
    Files.createDirectory(home.resolve("probe")); // so that no file can be written there
    assertThatThrownBy(this::open).isInstanceOf(StoreFault.class);
    sectors.heal();
    mustBeUntouched();
  }

  @Test
  void errors_of_reading_while_people_search_set_nothing_aside() throws Exception {
    fill();
    try (var store = open()) {
      sectors.mapping(
          file -> {
            if (file.toString().contains(DAY)) {
              throw new IOException("Input/output error (made up)");
            }
          });
      for (int i = 0; i < 20; i++) {
        assertThat(Story.rows(store).missing()).isOne();
        store.pulse(true);
        Thread.sleep(5);
      }
      sectors.heal();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(Story.rows(store).exact()).isTrue());
      store.pulse(true);
      assertThat(store.mendings()).isEmpty();
      story.check(store, "seed " + seed);
    }
  }

  private void mustBeUntouched() throws IOException {
    try (var store = open()) {
      assertThat(store.mendings()).isEmpty();
      story.check(store, "seed " + seed);
    }
    try (var all = Files.list(home)) {
      assertThat(all.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.contains("broken"));
    }
  }

  private void fill() {
    for (int i = 0; i < 60; i++) {
      story.batch(20);
    }
    try (var store = open()) {
      story.follow(store);
    }
  }

  private static Lines.Line line(int day, int hour) {
    var at = Story.START.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour));
    return Lines.line("a", at.toString(), Severity.ofCode(6), "message", "door " + day);
  }

  private Path file(String part) throws IOException {
    try (var all = Files.list(home.resolve(DAY))) {
      return all.filter(each -> each.getFileName().toString().contains(part))
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void delete(Path day) throws IOException {
    try (var files = Files.walk(day)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Store open() {
    return Store.open(
        new StoreConfig(home, 1 << 20, Duration.ofSeconds(5), 4),
        clock,
        new SimpleMeterRegistry(),
        sectors);
  }
}
