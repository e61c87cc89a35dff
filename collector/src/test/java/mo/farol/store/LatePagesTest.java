package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The time runs out at any moment: pages have no gap, and none is taken for the last that is not.
 * {@code -Dfarol.seed} repeats the choices made.
 */
class LatePagesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(3);
  private static final Question ALL =
      new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
  private static final int LIMIT = 90;

  @TempDir static Path home;
  private static Store store;
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());
  private static final Random RANDOM = new Random(SEED);

  /** Over once the clock was looked at so often, if not sooner. */
  private static Deadline cut(long looks) {
    var left = new AtomicLong(looks);
    return Deadline.at(
        System.nanoTime() + SHORT.toNanos(),
        new Deadline.Watcher() {
          @Override
          public void check(long endNanos) {
            boolean isLast = left.getAndDecrement() <= 0;
            while (isLast && System.nanoTime() < endNanos) {
              Thread.onSpinWait();
            }
          }

          @Override
          public void ahead(long events) {}

          @Override
          public void passed(long events) {}

          @Override
          public void within(long events) {}

          @Override
          public void found(long events) {}
        });
  }

  @BeforeAll
  static void fill() {
    System.out.println("LatePagesTest seed " + SEED);
    var story = new Story(SEED);
    store =
        Store.open(
            new StoreConfig(home, 1 << 20, Duration.ofHours(1), 4),
            new ManualClock(Instant.parse("2026-11-24T12:00:00Z")),
            new SimpleMeterRegistry());
    for (int i = 0; i < 100; i++) {
      store.accept(story.batch(20));
      if (i % 5 == 0) {
        store.refresh();
      }
    }
    store.refresh();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void pages_end_only_where_no_row_follows() {
    var all = store.newest(ALL, 10_000, 0, Optional.empty(), Deadline.in(LONG)).rows();
    for (int round = 0; round < 20; round++) {
      var read = new ArrayList<Row>();
      Optional<Row> after = Optional.empty();
      boolean more = true;
      for (int page = 0; more; page++) {
        var time = page % 5 == 4 ? Deadline.in(LONG) : cut(RANDOM.nextInt(60));
        var found = store.newest(ALL, LIMIT, 0, after, time);
        read.addAll(found.rows());
        after = read.isEmpty() ? Optional.empty() : Optional.of(read.getLast());
        assertThat(found.more() || found.whole()).as("seed %d", SEED).isTrue();
        more = found.more();
      }
      assertThat(read).as("seed %d", SEED).isEqualTo(all);
    }
  }

  @Test
  void a_page_that_is_full_is_whole_though_there_was_no_time_to_count() {
    var found = store.newest(ALL, 5, Long.MAX_VALUE, Optional.empty(), Deadline.in(LONG));
    assertThat(found.whole()).isTrue();
    assertThat(found.counted()).isTrue();

    var late = store.newest(ALL, 5, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ZERO));
    assertThat(late.whole()).isFalse();
    assertThat(late.counted()).isFalse();
    assertThat(late.more()).as("nobody knows that there is none").isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void rows_around_one_are_the_nearest_as_far_as_they_go(Side side) {
    // Far off in time is another matter: so only one day is asked about.
    var near = new Question(new Clause.All(), Scope.national(), micros(1), micros(2));
    var all = store.newest(near, 10_000, 0, Optional.empty(), Deadline.in(LONG)).rows();
    for (int round = 0; round < 60; round++) {
      var of = all.get(RANDOM.nextInt(all.size()));
      List<Row> sure = store.nearest(near, of, side, LIMIT, Deadline.in(LONG)).rows();
      var found = store.nearest(near, of, side, LIMIT, cut(RANDOM.nextInt(40)));
      assertThat(found.rows())
          .as("seed %d: %s of %s", SEED, side, of)
          .isEqualTo(sure.subList(0, found.rows().size()));
      assertThat(found.exact() || found.more()).isTrue();
    }
  }

  @Test
  void a_question_that_cannot_be_asked_is_no_days_fault() {
    var far = new Clause.Range("@timestamp", "+999999999-01-01T00:00:00Z", false, "", false, 7);
    var question = new Question(far, Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    assertThatThrownBy(() -> store.newest(question, 1, 0, Optional.empty(), Deadline.in(LONG)))
        .isInstanceOfSatisfying(ClauseFault.class, f -> assertThat(f.column()).isEqualTo(7))
        .hasMessageContaining("no event has the time");
  }

  private static long micros(int day) {
    return Story.START.plus(Duration.ofDays(day)).toEpochMilli() * 1_000;
  }
}
