package mo.farol.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** When a process is killed: at random, or just as something is seen to happen on the disk. */
enum Moment {
  /** While it starts, recovers and catches up; nothing is sent. */
  STARTING,
  /** Any time under load. */
  ANY,
  /** A journal file ends and the next begins, or one is written anew. */
  SEGMENT,
  /** A day of the index is committed, or all of it. */
  COMMIT,
  /** A head is signed. */
  HEAD,
  /** A removal is recorded: rows and blocks go next. */
  REMOVAL;

  private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long POLL_NANOS = 100_000;

  static Moment pick(Random random) {
    var all = values();
    return all[random.nextInt(all.length)];
  }

  /** Waits for it, once there is load. */
  void await(Home home, Random random, BooleanSupplier isLoaded) throws IOException {
    if (this != ANY) {
      waitUntil(isLoaded);
    }
    pause(random.nextLong(LOAD_NANOS));
    if (this != ANY) {
      var before = stamps(home);
      waitUntil(() -> !before.equals(stamps(home)));
      pause(random.nextLong(AFTER_NANOS));
    }
  }

  static void pause(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void waitUntil(BooleanSupplier isSo) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (!isSo.getAsBoolean() && System.nanoTime() < until) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private List<String> stamps(Home home) {
    try {
      return watched(home).stream().map(Moment::stamp).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> watched(Home home) throws IOException {
    return switch (this) {
      case STARTING, ANY -> List.of();
      case SEGMENT -> List.of(home.journal());
      case COMMIT -> indexes(home.index());
      case HEAD -> List.of(home.heads());
      case REMOVAL -> List.of(home.removals());
    };
  }

  private static List<Path> indexes(Path index) throws IOException {
    try (Stream<Path> within = Files.list(index)) {
      return Stream.concat(Stream.of(index), within.filter(Files::isDirectory)).sorted().toList();
    }
  }

  private static String stamp(Path path) {
    try {
      return path + " " + Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (NoSuchFileException e) {
      return path + " is not there";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
