package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A file of the index is hurt: its day is set aside and made again from the journal, with how many
 * events of how many; until then answers are short of it and say so. {@code -Dfarol.seed} repeats
 * the choices made.
 */
class StoreDamageTest extends HurtStore {
  @ParameterizedTest
  @EnumSource
  void whatever_file_is_hurt_while_the_index_is_closed_its_day_is_whole_again(Hurt hurt)
      throws Exception {
    fill(home);
    int kinds = files(home).size();
    for (int i = 0; i < kinds; i++) {
      var index = folder.resolve("index" + i);
      copy(home, index);
      var file = files(index).get(i);
      String where = "seed " + seed + ": " + file.getFileName();
      hurt.to(file, random);
      try (var store = open(index)) {
        story.follow(store);
        settle(store, where);
      }
    }
  }

  @Test
  void how_many_events_were_made_again_of_how_many_is_told_and_outlasts_a_restart()
      throws Exception {
    fill(home);
    long had = rows(home, HURT);
    long first = Checkpoint.read(home).day(HURT).orElseThrow().first();
    Hurt.GONE.to(file(".tim"), random);
    try (var store = open(home)) {
      assertThat(store.next()).as("from where that day begins").isEqualTo(first);
      assertThat(store.mendings()).hasSize(1);
      var mending = store.mendings().getFirst();
      assertThat(mending.done()).isFalse();
      assertThat(mending.had()).isEqualTo(had);
      assertThat(mending.rebuilt()).isZero();
      assertThat(Story.rows(store).exact()).as("short of a day").isFalse();
      assertThat(Story.rows(store).missing()).isOne();
      assertThat(metrics.get("farol_store_days_set_aside_total").counter().count()).isOne();
      assertThat(metrics.get("farol_store_days_mending").gauge().value()).isOne();

      story.follow(store);
      store.commit();
      assertThat(Story.rows(store).exact()).isTrue();
    }
    try (var store = open(home)) {
      var mending = store.mendings().getFirst();
      assertThat(mending.day()).isEqualTo(HURT);
      assertThat(mending.foundAt()).isEqualTo(NOON);
      assertThat(mending.done()).isTrue();
      assertThat(mending.rebuilt()).isEqualTo(had).isEqualTo(mending.had());
      assertThat(mending.missing()).isZero();
      assertThat(mending.aside()).as("nothing was in it that is not there again").isEmpty();
      assertThat(home.resolve(HURT + ".broken-1")).doesNotExist();
      story.check(store, "after it");
    }
  }

  @Test
  void what_the_journal_does_not_give_back_is_told_as_missing() throws Exception {
    fill(home);
    long had = rows(home, HURT);
    Hurt.GONE.to(file(".tim"), random);
    var first = story.lines.batches().getFirst();
    story.gone.add(first.sequence(0));
    try (var store = open(home)) {
      story.follow(store);
      store.commit();
      var mending = store.mendings().getFirst();
      assertThat(mending.missing()).isPositive().isEqualTo(had - mending.rebuilt());
      assertThat(home.resolve(mending.aside())).as("somebody may want it").isDirectory();
      assertThat(metrics.get("farol_store_missing_events").gauge().value())
          .isEqualTo(mending.missing());
    }
  }

  @Test
  void only_what_the_day_had_is_read_again() throws Exception {
    fill(home);
    var known = Checkpoint.read(home);
    String last =
        Leftovers.days(home).stream()
            .map(HurtStore::name)
            .max(Comparator.comparingLong(day -> known.day(day).orElseThrow().first()))
            .orElseThrow();
    long from = known.day(last).orElseThrow().first();
    assertThat(from).isPositive();
    delete(home.resolve(last));
    try (var store = open(home)) {
      assertThat(store.next()).isEqualTo(from);
      assertThat(store.had()).as("no sequence is given again").isEqualTo(2_400);
      story.follow(store);
      store.commit();
      assertThat(store.mendings().getFirst().missing()).isZero();
      story.check(store, "seed " + seed);
    }
  }

  @Test
  void once_the_day_is_whole_the_belt_goes_on_where_it_was() throws Exception {
    fill(home);
    delete(home.resolve(HURT));
    long until = Checkpoint.read(home).day(HURT).orElseThrow().last() + 1;
    long next = Checkpoint.read(home).next();
    assertThat(until).isLessThan(next);
    try (var store = open(home)) {
      assertThat(store.resume(0)).isZero();
      assertThat(store.resume(until)).isEqualTo(next);
    }
  }

  @Test
  void a_folder_of_somebody_elses_is_no_damage() throws Exception {
    fill(home);
    var ground =
        new Ground() {
          @Override
          public org.apache.lucene.store.Directory open(Path day) throws IOException {
            throw new java.nio.file.FileSystemException(day + "", null, "Too many open files");
          }

          @Override
          public long roomBytes(Path day) {
            return Long.MAX_VALUE;
          }
        };
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Store.open(StoreConfig.in(home), clock, metrics, ground))
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("Too many open files");
    assertThat(home.resolve(HURT)).isDirectory();
  }
}
