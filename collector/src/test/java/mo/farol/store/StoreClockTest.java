package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock is set, by hours or by years, while the index is written. */
class StoreClockTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir(factory = InMemory.class)
  Path home;

  private final ManualClock clock = new ManualClock(NOON);
  private final Story story = new Story(1);

  @ParameterizedTest
  @ValueSource(longs = {-3_650, -1, 1, 3_650})
  void what_comes_after_the_clock_was_set_is_found_and_kept_as_soon_as_before(long days)
      throws Exception {
    try (var store = open()) {
      story.batch(10);
      story.follow(store);
      settle(store);

      clock.advance(Duration.ofDays(days));
      story.batch(10);
      story.follow(store);
      settle(store);

      assertThat(store.searchable()).isEqualTo(20);
      story.check(store, days + " days");
      assertThat(IndexRows.wholeTo(home)).isEqualTo(20);
    }
  }

  @Test
  void at_full_load_everything_is_found_within_a_second_of_the_clock() {
    try (var store = open()) {
      var acceptedAt = new ArrayDeque<Long>();
      for (int batch = 0; batch < 200; batch++) {
        store.accept(story.batch(5));
        acceptedAt.add(clock.instant().toEpochMilli());
        clock.advance(Duration.ofMillis(90)); // a batch is taken and the next one waits
        store.pulse(false);
        for (long found = store.searchable() / 5; acceptedAt.size() > batch + 1 - found; ) {
          acceptedAt.remove();
        }
        if (!acceptedAt.isEmpty()) {
          assertThat(clock.instant().toEpochMilli() - acceptedAt.peek()).isLessThan(1_000);
        }
      }
    }
  }

  @Test
  void days_are_closed_and_opened_however_the_clock_goes() {
    try (var store = open()) {
      for (int i = 0; i < 40; i++) {
        clock.advance(Duration.ofDays(i % 2 == 0 ? -400 : 401));
        story.batch(5);
        story.follow(store);
        store.pulse(true);
      }
      settle(store);
      story.check(store, "to and fro");
    }
  }

  private void settle(Store store) {
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(6));
      store.pulse(true);
    }
  }

  private Store open() {
    return Store.open(StoreConfig.in(home), clock, new SimpleMeterRegistry());
  }
}
