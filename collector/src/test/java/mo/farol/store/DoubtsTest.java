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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that gave no answer are read through, one after the other, and not believed for ever. */
class DoubtsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir(factory = InMemory.class)
  Path home;

  private final Sectors sectors = new Sectors();
  private final AtomicLong nanos = new AtomicLong(7);
  private final List<Shard> days = new ArrayList<>();
  private Doubts doubts;

  @BeforeEach
  void fill() throws IOException {
    var metrics = new SimpleMeterRegistry();
    var story = new Story(11);
    for (int i = 0; i < 120; i++) {
      story.batch(20);
    }
    var clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    try (var store = Store.open(StoreConfig.in(home), clock, metrics)) {
      story.follow(store);
    }
    for (var day : Leftovers.days(home)) {
      days.add(Shard.open(day, 1 << 20, sectors, Meters.in(metrics)));
    }
    doubts = new Doubts(sectors, home, nanos::get);
  }

  @AfterEach
  void close() throws IOException {
    for (var day : days) {
      day.abandon();
    }
  }

  @Test
  void a_day_found_sound_is_believed_for_an_hour() {
    assertThat(doubts.doubt(days)).isTrue();
    await().atMost(PATIENCE).until(() -> !doubts.doubt(days));
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(doubts.doubt(days)).isTrue();
  }

  @Test
  void a_day_that_could_not_be_looked_at_is_not_sound_and_is_looked_at_again() throws Exception {
    var one = days.subList(0, 1);
    sectors.mapping(
        _ -> {
          throw new IOException("Map failed (made up)");
        });
    for (int i = 0; i < 20; i++) {
      assertThat(doubts.doubt(one)).isTrue();
      doubts.check();
      Thread.sleep(5);
    }
    sectors.heal();
    await().atMost(PATIENCE).until(() -> !doubts.doubt(one));
  }

  @Test
  void one_thread_looks_at_all_of_them() {
    var lookers = ConcurrentHashMap.<Thread>newKeySet();
    Set<Path> seen = ConcurrentHashMap.newKeySet();
    var gate = new CountDownLatch(1);
    sectors.mapping(
        file -> {
          lookers.add(Thread.currentThread());
          seen.add(file.getParent());
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    assertThat(doubts.doubt(days)).isTrue();
    await().atMost(PATIENCE).until(() -> !lookers.isEmpty());
    gate.countDown();
    await().atMost(PATIENCE).until(() -> seen.size() == days.size());
    assertThat(lookers).hasSize(1);
  }

  @Test
  void a_sound_day_keeps_no_other_from_being_looked_at() throws Exception {
    var sound = days.getFirst();
    assertThat(doubts.doubt(List.of(sound))).isTrue();
    await().atMost(PATIENCE).until(() -> !doubts.doubt(List.of(sound)));
    var hurt = days.getLast();
    try (var files = Files.list(home.resolve(hurt.day()))) {
      var file = files.filter(each -> each.toString().endsWith(".dvd")).findFirst().orElseThrow();
      Files.write(file, new byte[] {1, 2, 3});
    }
    assertThat(doubts.doubt(List.of(sound, hurt))).isFalse();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThatThrownBy(doubts::check).hasMessageContaining(hurt.day()));
  }
}
