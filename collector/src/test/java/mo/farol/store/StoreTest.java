package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Runs;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;

/** What the index takes, finds and forgets. */
class StoreTest extends SmallStore {
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
}
