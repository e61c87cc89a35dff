package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of fields are read once, within the time there is, and told to nobody else. */
class KnownNamesTest {
  private static final int SHAPES = 500;

  @TempDir Path home;
  private final Lines lines = new Lines();
  private Store store;

  @BeforeEach
  void open() {
    store =
        Store.open(
            StoreConfig.in(home),
            new ManualClock(Instant.parse("2026-11-24T12:00:00Z")),
            new SimpleMeterRegistry());
    for (int i = 0; i < SHAPES; i++) {
      store.accept(lines.batch(line("a", "known.n" + i)));
    }
    store.accept(lines.batch(line("b", "theirs")));
    store.refresh();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_was_read_is_not_read_again() {
    assertThat(looks("a")).isGreaterThan(SHAPES);
    assertThat(looks("a")).as("of the clock, for days only").isLessThan(10);

    store.accept(lines.batch(line("a", "new.one")));
    store.refresh();

    assertThat(looks("a")).isLessThan(20);
    assertThat(names("a", Deadline.in(Duration.ofMinutes(1))).names())
        .hasSize(SHAPES + 2)
        .contains("new.one", "host.name")
        .doesNotContain("theirs");
  }

  @Test
  void several_agencies_are_told_what_each_has() {
    var found =
        store.fieldNames("", Scope.of("a", "b"), Long.MIN_VALUE, Long.MAX_VALUE, Deadline.in(LONG));
    assertThat(found.names()).hasSize(SHAPES + 2).contains("theirs", "host.name");
  }

  @Test
  void without_time_none_is_said_to_be_all() {
    var none = names("a", Deadline.in(Duration.ZERO));
    assertThat(none.exact()).isFalse();
    assertThat(none.names()).isEmpty();
    assertThat(names("a", Deadline.in(LONG)).exact()).isTrue();
    assertThat(names("a", Deadline.in(Duration.ZERO)).names()).hasSize(SHAPES + 1);
  }

  private static final Duration LONG = Duration.ofMinutes(1);

  private long looks(String agency) {
    var looks = new AtomicLong();
    var watcher =
        new Deadline.Watcher() {
          @Override
          public void check(long endNanos) {
            looks.incrementAndGet();
          }

          @Override
          public void ahead(long events) {}

          @Override
          public void passed(long events) {}

          @Override
          public void within(long events) {}

          @Override
          public void found(long events) {}
        };
    var found = names(agency, Deadline.at(System.nanoTime() + LONG.toNanos(), watcher));
    assertThat(found.exact()).isTrue();
    return looks.get();
  }

  private Found.Names names(String agency, Deadline deadline) {
    return store.fieldNames("", Scope.of(agency), Long.MIN_VALUE, Long.MAX_VALUE, deadline);
  }

  private static Lines.Line line(String agency, String field) {
    return Lines.line(agency, "2026-11-24T10:00:00Z", Severity.NOTICE, field, "x");
  }
}
