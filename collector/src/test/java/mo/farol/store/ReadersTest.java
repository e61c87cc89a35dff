package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many read while days are written, merged, closed, opened, given up after a fault and removed: no
 * reader meets an exception, none sees a row twice, and no file stays open.
 */
class ReadersTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int READERS = 6;
  private static final int ROUNDS = 15;

  /** Rounds are added until a fault was met; that no fault comes in so many happens never. */
  private static final int MOST_ROUNDS = 500;

  @TempDir(factory = InMemory.class)
  Path home;

  private final ManualClock clock = new ManualClock(NOON);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final FaultyGround ground = new FaultyGround(seed);
  private final Story story = new Story(seed);
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicLong answers = new AtomicLong();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private int faults;

  @Test
  void nobody_who_reads_notices_what_is_done_to_the_days() throws Exception {
    System.out.println("ReadersTest seed " + seed);
    try (var store = open()) {
      var readers = new ArrayList<Thread>();
      for (int i = 0; i < READERS; i++) {
        int kind = i;
        readers.add(Thread.ofPlatform().start(() -> read(store, kind)));
      }
      for (int round = 0; more(round) && failures.isEmpty(); round++) {
        turn(store);
      }
      removeDays(store);
      ending.set(true);
      for (var reader : readers) {
        reader.join();
      }
      assertThat(failures).as("seed " + seed).isEmpty();
      assertThat(answers.get()).isGreaterThan(READERS);
      assertThat(faults).as("faults met").isPositive();
      store.refresh();
      story.check(store, "seed " + seed);
    }
    assertThat(open(home)).as("open files").isEmpty();
  }

  private boolean more(int round) {
    return round < ROUNDS || faults == 0 && round < MOST_ROUNDS;
  }

  private void turn(Store store) throws Exception {
    for (int i = random.nextInt(4); i >= 0; i--) {
      story.batch(1 + random.nextInt(60));
    }
    ground.fail(random.nextInt(4) == 0 ? 0.02 : 0);
    story.follow(store, store.next(), this::mend);
    ground.fail(0);
    clock.advance(Duration.ofSeconds(random.nextInt(200)));
    story.follow(store, store.next(), this::mend);
    if (random.nextInt(6) == 0 && story.lines.batches().size() > 1) {
      forget(store, 20);
    }
  }

  private void removeDays(Store store) throws Exception {
    for (int i = 0; i < 6; i++) {
      forget(store, 1_000);
    }
    assertThat(story.expected()).isNotEmpty();
  }

  private void forget(Store store, int most) throws Exception {
    var runs = story.some(most);
    var asking = CompletableFuture.supplyAsync(() -> store.forget(runs));
    while (!asking.isDone()) {
      store.pulse(true);
      Thread.sleep(1);
    }
    assertThat(asking.get()).isTrue();
  }

  private void mend() {
    faults++;
    if (faults % 3 == 0) {
      ground.fail(0);
    }
  }

  private void read(Store store, int kind) {
    try {
      while (!ending.get()) {
        ask(store, kind);
        answers.incrementAndGet();
        Thread.sleep(1);
      }
    } catch (RuntimeException | Error | InterruptedException e) {
      failures.add(e);
    }
  }

  private static void ask(Store store, int kind) {
    var question =
        new Question(
            kind % 2 == 0 ? new Clause.All() : new Clause.Wildcard("user.name", "*1*", 1),
            kind % 3 == 0 ? Scope.national() : Scope.of("a"),
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    var deadline = Deadline.in(Duration.ofMinutes(1));
    switch (kind) {
      case 0, 1 -> {
        var rows = store.newest(question, 100_000, Long.MAX_VALUE, Optional.empty(), deadline);
        assertThat(rows.rows().stream().map(Row::sequence)).doesNotHaveDuplicates();
        assertThat(rows.missing()).isZero();
      }
      case 2 -> store.top(question, "user.name", 10, deadline);
      case 3 -> store.counts(question, 0, 86_400_000_000L, 40_000, deadline);
      case 4 -> store.fields(question, 10, deadline);
      default -> store.fieldNames("", Scope.of("a"), Long.MIN_VALUE, Long.MAX_VALUE, deadline);
    }
  }

  /** Files under a folder that this process has open or mapped. */
  private static List<String> open(Path folder) throws IOException {
    var all = new ArrayList<String>();
    try (var mapped = Files.lines(Path.of("/proc/self/maps"));
        var handles = Files.list(Path.of("/proc/self/fd"))) {
      mapped.filter(line -> line.contains(folder.toString())).forEach(all::add);
      for (var handle : handles.toList()) {
        if (Files.isSymbolicLink(handle)) {
          String file = Files.readSymbolicLink(handle).toString();
          if (file.startsWith(folder.toString())) {
            all.add(file);
          }
        }
      }
    }
    return all;
  }

  private Store open() {
    return Store.open(
        new StoreConfig(home, 200_000, Duration.ofMillis(300), 2, 2), clock, metrics, ground);
  }
}
