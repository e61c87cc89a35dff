package mo.farol.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.centre.Home;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.journal.StoredJournal;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.Found;
import mo.farol.store.Question;
import mo.farol.store.Replacement;
import mo.farol.store.Row;
import mo.farol.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the parts of a backup say of each other holds, whatever went on while it was made. */
@Timeout(300)
class SnapshotTest {
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Instant RECEIVED = Instant.parse("2026-11-22T00:00:00Z");

  @TempDir Path folder;

  @Test
  void an_index_beside_retention_knows_no_event_that_the_journal_lacks() throws Exception {
    try (var small = new SmallHome(folder.resolve("home"), Duration.ofMillis(300));
        var centre = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 60; i++) {
        live(small, i);
      }
      var ends = new AtomicBoolean();
      var living =
          centre.submit(
              () -> {
                for (int i = 0; !ends.get(); i++) {
                  live(small, i);
                  if (i % 20 == 0) {
                    small.seal.rotate();
                  }
                }
                return 0;
              });
      long removed = 0;
      try {
        for (int round = 0; round < 8; round++) {
          long acknowledged = small.journal.durable();
          var made = backup(small.home, round % 2 == 1);
          removed = small.seal.removals().all().size();
          assertThat(made.events()).isGreaterThanOrEqualTo(acknowledged);
          check(made.folder(), folder.resolve("restored-" + round));
        }
      } finally {
        ends.set(true);
      }
      living.get();
      assertThat(removed).as("removals meanwhile").isGreaterThan(5);
    }
    assertThat(Home.links(folder.resolve("home/journal"))).doesNotExist();
    assertThat(Home.links(folder.resolve("home/index"))).doesNotExist();
  }

  @Test
  void frames_removed_between_index_and_journal_are_in_neither() throws Exception {
    try (var small = new SmallHome(folder.resolve("home"), Duration.ofMillis(50))) {
      for (int i = 0; i < 60; i++) {
        small.append(i % 2 == 0 ? "harbour" : "finance", "line %d a".formatted(i), "and b");
      }
      small.settle();
      small.append("harbour", "one more commit");
      small.settle();
      var removed = new AtomicLong();
      try (var links =
          new Links(List.of(small.home.journal(), small.home.index())) {
            @Override
            Path to(Path room, Path file) throws IOException {
              if (removed.get() == 0 && room.equals(small.home.journal())) {
                removed.set(small.sweep());
              }
              return super.to(room, file);
            }
          }) {
        var copy = folder.resolve("copy");
        var copies = new Copies(copy, Optional.empty());
        for (var part : Snapshot.take(small.home, links, true).parts()) {
          copies.add(part);
        }
        assertThat(removed.get()).isPositive();
        mustBeWhole(copy);
      }
    }
  }

  private static void live(SmallHome small, int i) {
    for (int k = 0; k < 6; k++) {
      small.append(k % 2 == 0 ? "harbour" : "finance", "line %d %d a".formatted(i, k), "and b");
    }
    small.sweep();
  }

  private Backup.Made backup(Home home, boolean shares) {
    return Backup.make(
        home,
        new Backup.Order(folder.resolve("backups"), shares, true),
        InstantSource.system(),
        "test");
  }

  private static void check(Path backup, Path restored) {
    var come = Restore.into(new Home(restored), backup, Optional.empty(), InstantSource.system());
    assertThat(come.verdict().findings()).isEmpty();
    mustBeWhole(restored);
  }

  private static void mustBeWhole(Path restored) {
    try (var journal = StoredJournal.open(restored.resolve("journal"));
        var store = SmallHome.store(restored, SELDOM)) {
      assertThat(store.next()).isLessThanOrEqualTo(journal.durable());
      var rows = rows(store);
      assertThat(rows).isNotEmpty();
      for (var row : rows) {
        assertThat(journal.holding(row.sequence())).as("event %d", row.sequence()).isPresent();
      }
    }
  }

  private static List<Row> rows(Store store) {
    var all =
        new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
    var rows = new ArrayList<Row>();
    Found.Rows page;
    do {
      var after = rows.isEmpty() ? Optional.<Row>empty() : Optional.of(rows.getLast());
      page = store.newest(all, 1_000, Long.MAX_VALUE, after, Deadline.in(Duration.ofMinutes(1)));
      rows.addAll(page.rows());
    } while (page.more());
    return rows;
  }

  @Test
  void a_row_that_moves_from_day_to_day_is_in_every_backup() throws Exception {
    var home = folder.resolve("home");
    try (var small = new SmallHome(home, SELDOM)) {
      small.append("harbour", RECEIVED, line("2026-11-20"), line("2026-11-21"));
      small.settle();
    }
    // The follower is gone: from now on one thread of the test writes.
    var store = SmallHome.store(home, SELDOM);
    try (var centre = Executors.newSingleThreadExecutor()) {
      var ends = new AtomicBoolean();
      var moves = new AtomicInteger();
      var moving = centre.submit(() -> move(store, moves, ends));
      try {
        for (int round = 0; moves.get() < 40; round++) {
          var made = backup(new Home(home), round > 0);
          var copy = SmallHome.store(made.folder().resolve(Kept.HOME), SELDOM);
          assertThat(rows(copy).stream().map(Row::sequence)).as("round %d", round).contains(0L, 1L);
          copy.close();
        }
      } finally {
        ends.set(true);
      }
      moving.get();
    } finally {
      store.close();
    }
  }

  private static int move(Store store, AtomicInteger moves, AtomicBoolean ends)
      throws InterruptedException {
    var parser = new Parser(ParseConfig.defaults());
    var at = "2026-11-20";
    while (!ends.get()) {
      String next = at.equals("2026-11-20") ? "2026-11-21" : "2026-11-20";
      store.replace(List.of(new Replacement(event(parser, next), micros(at))));
      store.commit();
      at = next;
      Thread.sleep(moves.incrementAndGet() % 7 * 20L);
    }
    return moves.get();
  }

  /** Replaces the first event by a line of another day and commits. */
  static void move(Store store, Parser parser, String line, long from) {
    store.replace(List.of(new Replacement(parsed(parser, line), from)));
    store.commit();
  }

  private static EventBatch event(Parser parser, String day) {
    return parsed(parser, line(day));
  }

  private static EventBatch parsed(Parser parser, String line) {
    var batch = new EventBatch();
    var origin = Origin.live("harbour", "syslog.tcp", "192.0.2.10");
    var frames = FrameBatch.ofTexts(origin, RECEIVED, line);
    parser.parse(frames, 0, 0, batch);
    return batch;
  }

  private static String line(String day) {
    return "<13>1 " + day + "T12:00:00Z pier app - - - moved";
  }

  private static long micros(String day) {
    return Instant.parse(day + "T12:00:00Z").getEpochSecond() * 1_000_000;
  }

  @Test
  void a_link_left_by_a_backup_that_was_killed_goes_with_the_next() throws Exception {
    try (var small = new SmallHome(folder.resolve("home"), SELDOM)) {
      small.append("harbour", "one");
      small.settle();
      var left = Home.links(small.home.journal());
      Files.createDirectories(left);
      Files.writeString(left.resolve("x.seg"), "left");
      backup(small.home, false);
      assertThat(left).doesNotExist();
      assertThat(Home.links(small.home.index())).doesNotExist();
    }
  }
}
