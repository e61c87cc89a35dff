package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work is held or ended wherever it takes long: among events, and among the values of patterns. */
class DeadlineTest {
  // Too few for Lucene to keep what it found for the next question.
  private static final int EVENTS = 9_000;
  private static final long NEVER = System.nanoTime() + 3_600_000_000_000L;

  @TempDir static Path home;
  private static Store store;

  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Does something whenever it is asked, told how often it was. */
  private static final class Watcher implements Deadline.Watcher {
    private final LongConsumer each;
    private long checks;
    private long ahead;
    private long passed;

    Watcher(LongConsumer each) {
      this.each = each;
    }

    @Override
    public void check(long endNanos) {
      each.accept(++checks);
    }

    @Override
    public void ahead(long events) {
      ahead += events;
    }

    @Override
    public void passed(long events) {
      passed += events;
    }

    @Override
    public void within(long events) {}

    @Override
    public void found(long events) {}
  }

  @BeforeAll
  static void open() {
    var lines = new Lines();
    store =
        Store.open(
            StoreConfig.in(home),
            new ManualClock(Instant.parse("2026-11-24T12:00:00Z")),
            new SimpleMeterRegistry());
    var all = new Lines.Line[EVENTS];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          Lines.line(
              "dsf",
              "2026-11-24T11:00:00Z",
              Severity.NOTICE,
              Map.of(
                      "odd.name",
                      "v" + i + "x",
                      "odd.n",
                      "" + i,
                      "url.path",
                      "/" + i,
                      "message",
                      "w" + i)
                  .entrySet()
                  .stream()
                  .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                  .toArray(String[]::new));
    }
    store.accept(lines.batch(all));
    store.refresh();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  static List<Clause> patterns() {
    return List.of(
        new Clause.Wildcard("odd.name", "*7x", 1),
        new Clause.Regex("odd.name", ".*7x", 1),
        new Clause.Regex("odd.name", ".*(v12|v34|v56|v78).*", 1),
        new Clause.Wildcard("url.path", "*7", 1),
        new Clause.Wildcard("message", "*7", 1),
        new Clause.Range("odd.name", "a", true, "z", true, 1),
        new Clause.Range("odd.n", "5", false, "", false, 1));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void going_through_values_can_be_ended_at_any_moment(Clause pattern) {
    var whole = new Watcher(_ -> {});
    newest(pattern, Deadline.at(NEVER, whole));
    var plain = new Watcher(_ -> {});
    newest(new Clause.All(), Deadline.at(NEVER, plain));
    assertThat(whole.checks).isGreaterThan(plain.checks + 5);

    for (long at = 1; at <= whole.checks; at += 1 + whole.checks / 20) {
      long last = at;
      var ending =
          new Watcher(
              n -> {
                if (n >= last) {
                  throw new Ended();
                }
              });
      assertThatThrownBy(() -> newest(pattern, Deadline.at(NEVER, ending)))
          .isInstanceOf(Ended.class);
      assertThat(ending.checks).isEqualTo(last);
    }
    assertThat(newest(pattern, Deadline.at(NEVER, new Watcher(_ -> {})))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void where_the_time_runs_out_among_values_the_answer_says_so(Clause pattern) {
    assertThat(newest(pattern, runningOut())).isFalse();
    assertThat(store.counts(question(pattern), 0, 1_000_000, 10, runningOut()).exact()).isFalse();
    assertThat(store.top(question(pattern), "odd.name", 5, runningOut()).exact()).isFalse();
    assertThat(store.fields(question(pattern), 5, runningOut()).exact()).isFalse();
    var counting =
        new Grouping(
            List.of(),
            List.of(new Measure.Count()),
            false,
            Grouping.Order.MOST,
            5,
            Grouping.Bounds.defaults());
    assertThat(store.groups(question(pattern), counting, runningOut()).partial())
        .extracting(Partial::kind)
        .containsExactly(Partial.Kind.TIME);
  }

  @Test
  void all_that_is_ahead_is_passed_in_the_end() {
    var watcher = new Watcher(_ -> {});

    newest(new Clause.All(), Deadline.at(NEVER, watcher));
    store.top(question(new Clause.All()), "odd.name", 5, Deadline.at(NEVER, watcher));

    assertThat(watcher.ahead).isGreaterThanOrEqualTo(2 * EVENTS);
    assertThat(watcher.passed).isEqualTo(watcher.ahead);
  }

  // Over once it was looked at five times.
  private static Deadline runningOut() {
    long end = System.nanoTime() + 20_000_000;
    return Deadline.at(
        end,
        new Watcher(
            n -> {
              while (n == 5 && System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            }));
  }

  private static boolean newest(Clause clause, Deadline deadline) {
    return store.newest(question(clause), 10, Long.MAX_VALUE, Optional.empty(), deadline).exact();
  }

  private static Question question(Clause clause) {
    return new Question(clause, Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
