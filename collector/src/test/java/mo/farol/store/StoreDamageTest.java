package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mo.farol.event.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file of the index is hurt: its day is set aside and made again from the journal, with how many
 * events of how many; until then answers are short of it and say so. {@code -Dfarol.seed} repeats
 * the choices made.
 */
class StoreDamageTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String HURT = Story.START.toString().substring(0, 10);

  /** What is done to a file. */
  enum Hurt {
    FLIPPED,
    CUT,
    EMPTIED,
    GONE;

    void to(Path file, Random random) throws IOException {
      switch (this) {
        case FLIPPED -> {
          byte[] bytes = Files.readAllBytes(file);
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          overwrite(file, bytes);
        }
        case CUT -> truncate(file, random.nextLong(Files.size(file)));
        case EMPTIED -> truncate(file, 0);
        case GONE -> Files.delete(file);
      }
    }

    // In place, so that whoever has it open sees it.
    private static void overwrite(Path file, byte[] bytes) throws IOException {
      Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    private static void truncate(Path file, long length) throws IOException {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
    }
  }

  @TempDir(factory = InMemory.class)
  Path folder;

  private Path home;
  private final ManualClock clock = new ManualClock(NOON);
  private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Story story = new Story(seed);

  @BeforeEach
  void say() {
    System.out.println("StoreDamageTest seed " + seed);
    home = folder.resolve("index");
  }

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
    String last = Leftovers.days(home).stream().map(day -> name(day)).max(String::compareTo).get();
    long from = Checkpoint.read(home).day(last).orElseThrow().first();
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

  @Test
  void a_day_that_is_committed_while_another_is_made_again_forgets_nothing_it_has()
      throws Exception {
    fill(home);
    var days = Leftovers.days(home).stream().map(StoreDamageTest::name).sorted().toList();
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

  private void fill(Path index) throws IOException {
    if (story.lines.batches().isEmpty()) {
      for (int i = 0; i < 120; i++) {
        story.batch(20);
      }
    }
    try (var store = open(index)) {
      story.follow(store);
    }
  }

  // Asks as people do and pulses as the belt does until what is wrong was found and mended.
  private void settle(Store store, String where) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              clock.advance(Duration.ofMinutes(61));
              pulse(store);
              story.follow(store, store.next(), () -> {});
              store.refresh();
              assertThat(Story.rows(store).exact()).as(where).isTrue();
              assertThat(top(store).exact()).as(where).isTrue();
              assertThat(odd(store).exact()).as(where).isTrue();
              assertThat(store.mendings()).as(where).allMatch(Mending::done);
              story.check(store, where);
            });
  }

  private static void pulse(Store store) {
    try {
      store.pulse(true);
    } catch (StoreFault e) {
      store.resume(store.next());
    }
  }

  private static Found.Values top(Store store) {
    return store.top(all(), "user.name", 10, Deadline.in(Duration.ofMinutes(1)));
  }

  private static Found.Values odd(Store store) {
    return store.top(all(), "odd.1", 10, Deadline.in(Duration.ofMinutes(1)));
  }

  private static Question all() {
    return new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long rows(Path index, String day) throws IOException {
    return Checkpoint.read(index).day(day).orElseThrow().rows();
  }

  private static String name(Path day) {
    return day.getFileName().toString();
  }

  private Path file(String end) throws IOException {
    return files(home).stream().filter(f -> f.toString().endsWith(end)).findFirst().orElseThrow();
  }

  /** The files of the first day. */
  private static List<Path> files(Path index) throws IOException {
    var all = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(index.resolve(HURT))) {
      files.forEach(all::add);
    }
    all.removeIf(file -> file.endsWith("write.lock"));
    all.sort(null);
    return all;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        if (!file.endsWith("write.lock")) {
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }

  private static void delete(Path day) throws IOException {
    try (var files = Files.walk(day)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Store open(Path index) {
    metrics = new SimpleMeterRegistry();
    return Store.open(new StoreConfig(index, 1 << 20, Duration.ofSeconds(5), 4), clock, metrics);
  }
}
