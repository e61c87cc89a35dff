package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path home;
  private final ManualClock clock = new ManualClock(NOON);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Lines lines = new Lines();

  @Test
  void what_was_accepted_is_searchable_after_a_pulse() {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-24T11:59:59Z"), at("2026-11-24T11:59:58Z")));
      assertThat(store.searchable()).isZero();

      clock.advance(Duration.ofSeconds(1));
      store.pulse(true);

      assertThat(store.searchable()).isEqualTo(2);
      assertThat(sequences(store)).containsExactly(0L, 1L);
    }
  }

  @Test
  void most_frequent_values_keep_to_their_memory_and_say_what_they_left_out() {
    String long1 = "x".repeat(240);
    try (var store = open(home)) {
      var batch = new EventBatch();
      for (int i = 0; i < 20; i++) {
        String[] texts = Stream.generate(() -> "x").limit(10_000).toArray(String[]::new);
        var origin = Origin.live("dsf", "syslog.tcp", "192.0.2.9");
        batch.open(FrameBatch.ofTexts(origin, NOON, texts), i * 10_000L, 0);
        for (int k = 0; k < texts.length; k++) {
          batch.addText(Fields.id("odd.name"), long1 + (i * 10_000 + k));
          batch.addText(Fields.id("odd.kind"), "k" + k % 7);
          batch.close(Micros.of(NOON), Severity.NOTICE, null);
        }
        store.accept(batch);
      }
      store.refresh();

      var many = store.top(everything(), "odd.name", 5, Deadline.in(Duration.ofHours(1)));
      assertThat(many.exact()).isFalse();
      assertThat(many.withField()).isEqualTo(200_000);
      var few = store.top(everything(), "odd.kind", 5, Deadline.in(Duration.ofHours(1)));
      assertThat(few.exact()).isTrue();
      assertThat(few.values()).hasSize(5);
    }
  }

  @Test
  void a_search_that_was_answered_holds_no_file() throws Exception {
    try (var store = open(home)) {
      for (int i = 0; i < 3; i++) {
        store.accept(lines.batch(at("2026-11-24T11:00:0" + i + "Z")));
        store.refresh();
        assertThat(sequences(store)).hasSize(i + 1);
      }
    }
    try (var mapped = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(mapped.filter(line -> line.contains(home.toString()))).isEmpty();
    }
  }

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
  void forgotten_rows_are_gone_at_once_and_after_a_restart() throws Exception {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-24T11:00:00Z"), at("2026-11-24T11:00:01Z")));
      store.accept(lines.batch(archived("2025-03-02T08:00:00Z")));
      store.accept(lines.batch(at("2026-11-24T11:00:02Z"), at("2026-11-24T11:00:03Z")));
      store.refresh();
      var asking =
          CompletableFuture.supplyAsync(
              () -> store.forget(new Runs.Builder().add(1, 2).add(4, 4).build()));
      while (!asking.isDone()) {
        store.pulse(true);
      }

      assertThat(asking.get()).isTrue();
      assertThat(sequences(store)).containsExactlyInAnyOrder(0L, 3L);
    }
    try (var store = open(home)) {
      assertThat(sequences(store)).containsExactlyInAnyOrder(0L, 3L);
      assertThat(store.next()).isEqualTo(5);
    }
  }

  @Test
  void what_lucene_merged_takes_the_place_of_what_it_was_made_of() throws Exception {
    var day = home.resolve("2026-11-24");
    try (var store = open(home)) {
      for (int i = 0; i < 60; i++) {
        store.accept(lines.batch(at("2026-11-24T11:00:00Z")));
        store.refresh();
      }
      store.commit();
      for (int i = 0; i < 200 && segmentsOf(day) > 24; i++) {
        clock.advance(Duration.ofSeconds(6));
        store.pulse(true);
        Thread.sleep(10);
      }
      assertThat(segmentsOf(day)).as("without a single event more").isLessThan(24);
      assertThat(sequences(store)).hasSize(60);
    }
  }

  private static long segmentsOf(Path day) throws IOException {
    try (var files = Files.list(day)) {
      return files.filter(file -> file.toString().endsWith(".si")).count();
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

  private static void forget(Store store, long first, long last) throws Exception {
    var runs = new Runs.Builder().add(first, last).build();
    var asking = CompletableFuture.supplyAsync(() -> store.forget(runs));
    while (!asking.isDone()) {
      store.pulse(true);
    }
    assertThat(asking.get()).isTrue();
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
  void after_a_clean_stop_nothing_is_replayed() {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-24T11:00:00Z")));
    }
    try (var store = open(home)) {
      assertThat(store.next()).isEqualTo(1);
      assertThat(store.searchable()).isEqualTo(1);
      assertThat(sequences(store)).containsExactly(0L);
    }
  }

  @Test
  void a_replay_after_a_crash_neither_loses_nor_doubles(@TempDir Path crashed) throws IOException {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-23T23:59:00Z"), at("2026-11-24T00:01:00Z")));
      store.commit();
      store.accept(lines.batch(at("2026-11-24T00:02:00Z")));
      copy(home, crashed);
    }
    try (var store = open(crashed)) {
      assertThat(store.next()).isEqualTo(2);
      replay(store);
      assertThat(sequences(store)).containsExactly(2L, 1L, 0L);
    }
  }

  @Test
  void a_crash_between_the_commits_of_two_days_doubles_nothing(@TempDir Path crashed)
      throws IOException {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-23T23:59:00Z")));
      store.commit();
      copy(home, crashed);
      store.accept(lines.batch(at("2026-11-23T23:59:30Z"), at("2026-11-24T00:01:00Z")));
      store.commit();
      copy(home.resolve("2026-11-23"), crashed.resolve("2026-11-23"));
    }
    try (var store = open(crashed)) {
      assertThat(store.next()).isEqualTo(1);
      replay(store);
      assertThat(sequences(store)).containsExactly(2L, 1L, 0L);
    }
  }

  @Test
  void a_day_that_was_deleted_comes_back_by_replay() throws IOException {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-23T23:59:00Z"), at("2026-11-24T00:01:00Z")));
    }
    delete(home.resolve("2026-11-23"));
    try (var store = open(home)) {
      assertThat(store.next()).isZero();
      replay(store);
      assertThat(sequences(store)).containsExactly(1L, 0L);
    }
  }

  @Test
  void a_damaged_day_is_set_aside_and_made_again() throws IOException {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-23T23:59:00Z"), at("2026-11-24T00:01:00Z")));
    }
    try (var files = Files.newDirectoryStream(home.resolve("2026-11-24"), "segments_*")) {
      for (var file : files) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    try (var store = open(home)) {
      assertThat(home.resolve("2026-11-24.broken-1")).isDirectory();
      replay(store);
      assertThat(sequences(store)).containsExactly(1L, 0L);
    }
  }

  @Test
  void when_the_disk_fails_the_store_goes_back_to_its_last_commit(@TempDir Path elsewhere)
      throws IOException {
    try (var store = open(home)) {
      store.accept(lines.batch(at("2026-11-24T11:00:00Z")));
      store.commit();
      store.accept(lines.batch(at("2026-11-24T11:00:01Z")));
      Files.move(home.resolve("2026-11-24"), elsewhere.resolve("away"));
      Files.writeString(home.resolve("2026-11-24"), "no folder any more");

      assertThatThrownBy(store::commit)
          .isInstanceOf(StoreFault.class)
          .hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.accept(lines.batch(at("2026-11-24T11:00:02Z"))))
          .isInstanceOf(StoreFault.class);

      Files.delete(home.resolve("2026-11-24"));
      Files.move(elsewhere.resolve("away"), home.resolve("2026-11-24"));
      assertThat(store.resume(3)).isEqualTo(1);
      replay(store);
      assertThat(sequences(store)).containsExactly(2L, 1L, 0L);
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

  private Store open(Path folder) {
    return Store.open(StoreConfig.in(folder), clock, metrics);
  }

  private void replay(Store store) {
    for (EventBatch batch : lines.batches()) {
      if (batch.nextSequence() > store.next()) {
        batch.skipBefore(store.next());
        store.accept(batch);
      }
    }
    store.refresh();
  }

  private static Question everything() {
    return new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static List<Long> sequences(Store store) {
    return store
        .newest(
            everything(), 100, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
        .rows()
        .stream()
        .map(Row::sequence)
        .toList();
  }

  private static Lines.Line at(String time) {
    return Lines.line("dsf", time, Severity.NOTICE, "host.name", "gate", "message", "door opened");
  }

  private static Lines.Line archived(String time) {
    var line = at(time);
    var origin = new mo.farol.event.Origin("dsf", "import", "", "lane-1", false, "", 2025, "UTC");
    return new Lines.Line(origin, line.occurredAt(), NOON, line.severity(), line.fields());
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        if (!file.endsWith("write.lock")) {
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
