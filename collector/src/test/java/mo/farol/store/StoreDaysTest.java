package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import mo.farol.event.Runs;
import org.junit.jupiter.api.Test;

/** Days of the index: which there are, and when they are merged, closed and gone. */
class StoreDaysTest extends SmallStore {
  @Test
  void a_day_has_a_folder_and_a_day_of_the_past_may_be_imported() {
    try (var store = open(home)) {
      var today = at("2026-11-24T11:00:00Z");
      store.accept(lines.batch(today));
      store.accept(lines.batch(archived("2025-03-02T08:00:00Z")));
      store.refresh();

      assertThat(home.resolve("2026-11-24")).isDirectory();
      assertThat(home.resolve("2025-03-02")).isDirectory();
      assertThat(sequences(store)).containsExactly(0L, 1L);
    }
  }

  @Test
  void a_live_sender_with_a_wrong_clock_opens_no_day_of_its_own() {
    try (var store = open(home)) {
      var lost = at("1999-01-01T00:00:00Z");
      store.accept(
          lines.batch(
              new Lines.Line(
                  lost.origin(), lost.occurredAt(), NOON, lost.severity(), lost.fields())));
      store.refresh();

      assertThat(home.resolve("1999-01-01")).doesNotExist();
      assertThat(sequences(store)).containsExactly(0L);
    }
  }

  @Test
  void a_day_whose_last_row_was_removed_is_gone_with_its_folder_and_may_come_again()
      throws Exception {
    var past = home.resolve("2025-03-02");
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-24T11:00:00Z")));
      store.accept(lines.batch(archived("2025-03-02T08:00:00Z")));
      store.refresh();
      assertThat(past).isDirectory();
      forget(store, 1, 1);
      assertThat(past).doesNotExist();
      assertThat(metrics.get("farol_store_days").gauge().value()).isOne();
      assertThat(sequences(store)).containsExactly(0L);
    }
    try (var store = open(home)) {
      assertThat(store.next()).as("nothing is made again").isEqualTo(2);
      assertThat(store.mendings()).isEmpty();
      store.accept(lines.batch(archived("2025-03-02T09:00:00Z")));
      store.refresh();
      assertThat(sequences(store)).containsExactly(0L, 2L);
    }
  }

  @Test
  void a_day_of_the_past_is_merged_once_it_is_left_alone() throws Exception {
    var day = home.resolve("2025-03-02");
    try (var store = open(home)) {
      for (int minute = 10; minute < 30; minute++) {
        store.accept(lines.batch(archived("2025-03-02T08:" + minute + ":00Z")));
        store.refresh();
      }
      store.commit();
      assertThat(IndexRows.segments(day)).isGreaterThan(12);
      clock.advance(Duration.ofMinutes(3));

      for (int i = 0; i < 500 && IndexRows.segments(day) > 2; i++) {
        store.pulse(true);
        Thread.sleep(20);
      }
      assertThat(IndexRows.segments(day)).isLessThanOrEqualTo(2);
      assertThat(sequences(store)).hasSize(20);
    }
    assertThat(IndexRows.sequences(home)).hasSize(20);
  }

  @Test
  void a_few_late_events_do_not_make_a_day_of_the_past_be_written_anew() throws Exception {
    var day = home.resolve("2025-03-02");
    try (var store = open(home)) {
      for (int minute = 10; minute < 14; minute++) {
        store.accept(lines.batch(archived("2025-03-02T08:" + minute + ":00Z")));
        store.refresh();
      }
      store.commit();
      clock.advance(Duration.ofMinutes(3));
      store.pulse(true);
      store.pulse(true);

      assertThat(IndexRows.segments(day)).isEqualTo(4);
    }
  }

  @Test
  void a_day_not_written_to_is_closed_and_can_still_be_read_and_written() {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-24T11:00:00Z")));
      store.commit();
      clock.advance(Duration.ofMinutes(5));
      store.pulse(true);
      assertThat(sequences(store)).containsExactly(0L);

      store.accept(lines.batch(at("2026-11-24T11:00:01Z")));
      store.refresh();
      assertThat(sequences(store)).containsExactly(1L, 0L);
    }
  }

  @Test
  void more_days_than_may_be_open_are_all_kept() {
    try (var store = open(home)) {
      for (int day = 1; day <= 9; day++) {
        store.accept(lines.batch(archived("2025-03-0" + day + "T08:00:00Z")));
        store.commit();
      }
      store.refresh();
      assertThat(sequences(store))
          .containsExactlyElementsOf(LongStream.rangeClosed(0, 8).map(k -> 8 - k).boxed().toList());
    }
  }

  private static void forget(Store store, long first, long last) throws Exception {
    var runs = new Runs.Builder().add(first, last).build();
    var asking = CompletableFuture.supplyAsync(() -> store.forget(runs));
    while (!asking.isDone()) {
      store.pulse(true);
    }
    assertThat(asking.get()).isTrue();
  }
}
