package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage that is met while the index is open: by a search, a merge, a look, or beside other work.
 */
class DamageMetTest extends HurtStore {
  @Test
  void damage_that_only_a_search_meets_is_mended_and_the_search_is_short_of_it_meanwhile()
      throws Exception {
    fill(home);
    try (var store = open(home)) {
      Hurt.CUT.to(file(".dvd"), random); // opened when it is first read
      var short1 = Story.rows(store);
      assertThat(short1.exact()).isFalse();
      assertThat(short1.missing()).isOne();
      assertThat(short1.rows()).isNotEmpty();
      assertThat(top(store).exact()).isFalse();

      settle(store, "seed " + seed);
      assertThat(store.mendings()).hasSize(1);
      assertThat(store.mendings().getFirst().missing()).isZero();
      assertThat(Story.rows(store).exact()).isTrue();
      story.check(store, "seed " + seed);
    }
  }

  @Test
  void damage_that_only_a_merge_meets_is_mended() throws Exception {
    try (var store = open(home)) {
      for (int i = 0; i < 12; i++) {
        story.batch(20);
        story.follow(store);
        store.refresh();
        store.commit();
      }
      for (var file : files(home)) {
        if (file.toString().endsWith(".doc")) {
          Hurt.FLIPPED.to(file, random);
        }
      }
      // Every merge now meets one of them, says what it met and closes its writer.
      for (int i = 0; i < 60 && store.mendings().isEmpty(); i++) {
        story.batch(20);
        clock.advance(Duration.ofSeconds(1)); // so that it is a segment of its own
        story.follow(store, store.next(), () -> {});
      }
      settle(store, "seed " + seed);
      assertThat(store.mendings()).isNotEmpty();
      assertThat(store.mendings()).allMatch(mending -> mending.missing() == 0);
      story.check(store, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".doc", ".tri"})
  void a_flipped_bit_that_nobody_reads_is_found_by_and_by(String kind) throws Exception {
    fill(home);
    try (var store = open(home)) {
      story.check(store, "before");
      var file = file(kind);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 4;
      Files.write(file, bytes, StandardOpenOption.WRITE);
      for (int i = 0; i < 40 && store.mendings().isEmpty(); i++) {
        clock.advance(Duration.ofHours(2));
        story.follow(store, store.next(), () -> {});
        pulse(store);
        Thread.sleep(20);
      }
      settle(store, "seed " + seed);
      assertThat(store.mendings()).extracting(Mending::day).containsExactly(HURT);
      story.check(store, "seed " + seed);
    }
  }

  @Test
  void a_day_that_is_committed_while_another_is_made_again_forgets_nothing_it_has()
      throws Exception {
    fill(home);
    var days = Leftovers.days(home).stream().map(HurtStore::name).sorted().toList();
    delete(home.resolve(days.getFirst()));
    var copy = folder.resolve("crashed");
    try (var store = open(home)) {
      var batches = story.lines.batches();
      for (var batch : batches.subList(0, batches.size() / 2)) {
        batch.skipBefore(0);
        store.accept(batch);
      }
      forgetSome(store, batches.getFirst().sequence(0), batches.getFirst().nextSequence() - 1);
      copy(home, copy);
    }
    try (var store = open(copy)) {
      story.follow(store);
      settle(store, "seed " + seed);
      assertThat(Story.sequences(store)).doesNotHaveDuplicates();
      story.check(store, "seed " + seed);
    }
  }

  private void forgetSome(Store store, long first, long last) throws Exception {
    var runs = new mo.farol.event.Runs.Builder().add(first, last).build();
    story.gone.add(first);
    var asking = java.util.concurrent.CompletableFuture.supplyAsync(() -> store.forget(runs));
    while (!asking.isDone()) {
      store.pulse(true);
    }
    assertThat(asking.get()).isTrue();
  }
}
