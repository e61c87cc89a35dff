package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mo.farol.event.EventBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a stop, a crash or a fault the journal is followed again from where the index ends. */
class StoreReplayTest extends SmallStore {
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

  private void replay(Store store) {
    for (EventBatch batch : lines.batches()) {
      if (batch.nextSequence() > store.next()) {
        batch.skipBefore(store.next());
        store.accept(batch);
      }
    }
    store.refresh();
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
