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
import org.junit.jupiter.api.io.TempDir;

/** An index of some days, one of which is hurt. {@code -Dfarol.seed} repeats the choices made. */
abstract class HurtStore {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /** The first day, whose files are hurt. */
  static final String HURT = Story.START.toString().substring(0, 10);

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

  Path home;
  final ManualClock clock = new ManualClock(NOON);
  SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final long seed = Long.getLong("farol.seed", System.nanoTime());
  final Random random = new Random(seed);
  final Story story = new Story(seed);

  @BeforeEach
  void say() {
    System.out.println(getClass().getSimpleName() + " seed " + seed);
    home = folder.resolve("index");
  }

  void fill(Path index) throws IOException {
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
  void settle(Store store, String where) {
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

  static void pulse(Store store) {
    try {
      store.pulse(true);
    } catch (StoreFault e) {
      store.resume(store.next());
    }
  }

  static Found.Values top(Store store) {
    return store.top(all(), "user.name", 10, Deadline.in(Duration.ofMinutes(1)));
  }

  static Found.Values odd(Store store) {
    return store.top(all(), "odd.1", 10, Deadline.in(Duration.ofMinutes(1)));
  }

  static Question all() {
    return new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static long rows(Path index, String day) throws IOException {
    return Checkpoint.read(index).day(day).orElseThrow().rows();
  }

  static String name(Path day) {
    return day.getFileName().toString();
  }

  Path file(String end) throws IOException {
    return files(home).stream().filter(f -> f.toString().endsWith(end)).findFirst().orElseThrow();
  }

  /** The files of the first day. */
  static List<Path> files(Path index) throws IOException {
    var all = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(index.resolve(HURT))) {
      files.forEach(all::add);
    }
    all.removeIf(file -> file.endsWith("write.lock"));
    all.sort(null);
    return all;
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        if (!file.endsWith("write.lock")) {
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }

  static void delete(Path day) throws IOException {
    try (var files = Files.walk(day)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  Store open(Path index) {
    metrics = new SimpleMeterRegistry();
    return Store.open(new StoreConfig(index, 1 << 20, Duration.ofSeconds(5), 4), clock, metrics);
  }
}
