package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under the index is full, fails, or loses its power: whatever the index was doing, each
 * event is in it once when that is over. {@code -Dfarol.seed} repeats the choices made.
 */
class StoreFaultsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir(factory = InMemory.class)
  Path home;

  private final ManualClock clock = new ManualClock(NOON);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final FaultyGround ground = new FaultyGround(seed);
  private final Story story = new Story(seed);
  private int faults;

  @Test
  void a_full_disk_at_any_moment_loses_and_doubles_nothing() throws Exception {
    System.out.println("StoreFaultsTest seed " + seed);
    for (int round = 0; round < 3; round++) {
      var folder = home.resolve("round" + round);
      var told = new Story(seed + round);
      try (var store = open(folder)) {
        for (int i = 0; i < 25; i++) {
          told.batch(1 + random.nextInt(150));
        }
        ground.leave(random.nextLong(600_000));
        told.follow(store, 0, () -> space(random.nextLong(400_000)));
        ground.leave(Long.MAX_VALUE);
        clock.advance(Duration.ofSeconds(10));
        told.follow(store, store.next(), () -> space(Long.MAX_VALUE));
        settle(store, told);
        told.check(store, "seed " + seed + " round " + round);
      }
      ground.leave(Long.MAX_VALUE);
    }
    assertThat(faults).as("faults met").isPositive();
  }

  @Test
  void a_disk_that_fails_now_and_then_loses_and_doubles_nothing() throws Exception {
    System.out.println("StoreFaultsTest seed " + seed);
    try (var store = open(home)) {
      for (int i = 0; i < 40; i++) {
        story.batch(1 + random.nextInt(120));
      }
      ground.fail(0.01);
      story.follow(store, 0, () -> ground.fail(++faults % 10 == 0 ? 0 : 0.01));
      ground.fail(0);
      settle(store, story);
      story.check(store, "seed " + seed);
    }
    assertThat(faults).as("faults met").isPositive();
    assertThat(IndexRows.sequences(home)).hasSameSizeAs(story.expected());
  }

  @Test
  void a_merge_that_finds_no_room_is_put_off_and_made_when_there_is() throws Exception {
    ground.leaveToMerges(0);
    try (var store = open(home)) {
      for (int i = 0; i < 60; i++) {
        add(store);
      }
      assertThat(faults).isZero();
      story.check(store, "unmerged");
      assertThat(count("farol_store_merges_put_off_total")).isPositive();
      int before = segments();

      ground.leaveToMerges(Long.MAX_VALUE);
      for (int i = 0; i < 500 && segments() >= before; i++) {
        Thread.sleep(10);
        add(store);
      }
      assertThat(segments()).isLessThan(before);
      assertThat(faults).isZero();
      story.check(store, "merged");
    }
  }

  @Test
  void a_merge_that_fails_is_counted_and_the_index_goes_on_by_itself() throws Exception {
    var failing = new AtomicInteger();
    ground.watch(
        deed -> {
          if (failing.get() > 0 && Thread.currentThread().getName().contains("Merge Thread")) {
            failing.decrementAndGet();
            throw new IOException("No space left on device (made up)");
          }
        });
    failing.set(2);
    try (var store = open(home)) {
      for (int i = 0; i < 500 && failing.get() > 0; i++) {
        story.batch(3);
        story.follow(store, store.next(), () -> faults++);
      }
      assertThat(failing.get()).as("merges were begun").isZero();
      for (int i = 0; i < 10; i++) {
        story.batch(3);
        story.follow(store, store.next(), () -> faults++);
      }
      settle(store, story);
      story.check(store, "after it");
    }
    assertThat(count("farol_store_merge_faults_total")).isPositive();
    assertThat(faults).as("told to the belt, which asks again").isPositive();
  }

  @Test
  void fifteen_power_cuts_lose_and_double_nothing() throws Exception {
    cut(15);
  }

  @Test
  @Tag("slow")
  void five_hundred_power_cuts_lose_and_double_nothing() throws Exception {
    cut(500);
  }

  // Power goes between any two deeds of any thread; what is left then is opened and caught up with.
  private void cut(int times) throws Exception {
    System.out.println("StoreFaultsTest seed " + seed);
    var images = home.resolve("images");
    var cuts = new AtomicInteger();
    var countdown = new AtomicInteger(10);
    ground.watch(
        deed -> {
          if (cuts.get() < times && countdown.decrementAndGet() == 0) {
            synchronized (ground) {
              var image = images.resolve("cut" + cuts.get());
              countdown.set(1 + random.nextInt(60));
              try {
                ground.cut(home.resolve("index"), image);
                cuts.incrementAndGet();
              } catch (NoSuchFileException e) {
                delete(image); // a day was being removed beside it
              }
            }
          }
        });
    try (var store = open(home.resolve("index"))) {
      int looked = 0;
      while (cuts.get() < times) {
        story.batch(1 + random.nextInt(60));
        story.follow(store, store.next(), () -> faults++);
        clock.advance(Duration.ofMillis(random.nextInt(900)));
        if (random.nextInt(40) == 0) {
          forget(store);
        }
        for (; looked < cuts.get(); looked++) {
          look(images.resolve("cut" + looked), "seed " + seed + " cut " + looked);
        }
      }
    }
    assertThat(faults).isZero();
  }

  // Of what was removed some may be back: then it is removed again, as retention does.
  private void look(Path image, String where) throws IOException {
    try (var store =
        Store.open(StoreConfig.in(image), clock, new SimpleMeterRegistry(), Ground.DISK)) {
      story.follow(store, store.next(), () -> faults++);
      store.refresh();
      assertThat(Story.sequences(store)).as(where).doesNotHaveDuplicates();
      assertThat(Arrays.stream(Story.sequences(store)).boxed().toList())
          .as(where)
          .containsAll(story.expected());
    }
    delete(image);
  }

  private static void delete(Path image) throws IOException {
    try (var files = Files.walk(image)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void forget(Store store) throws Exception {
    var asking = CompletableFuture.supplyAsync(() -> store.forget(story.some(12)));
    while (!asking.isDone()) {
      store.pulse(true);
      Thread.sleep(1);
    }
    assertThat(asking.get()).isTrue();
  }

  /** A few events more, as a segment of their own. */
  private void add(Store store) {
    story.batch(3);
    story.follow(store, store.next(), () -> faults++);
    store.refresh();
    store.commit();
  }

  private void settle(Store store, Story told) {
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(10));
      told.follow(store, store.next(), () -> faults++);
      try {
        store.pulse(true);
        store.refresh();
      } catch (StoreFault e) {
        store.resume(store.next());
      }
    }
  }

  private void space(long bytes) {
    faults++;
    ground.leave(faults % 3 == 0 ? Long.MAX_VALUE : bytes);
  }

  private int segments() throws IOException {
    int all = 0;
    for (var day : Leftovers.days(home)) {
      all += IndexRows.segments(day);
    }
    return all;
  }

  private double count(String name) {
    return metrics.get(name).counter().count();
  }

  private Store open(Path folder) {
    return Store.open(
        new StoreConfig(folder, 100_000, Duration.ofMillis(300), 2, 2), clock, metrics, ground);
  }
}
