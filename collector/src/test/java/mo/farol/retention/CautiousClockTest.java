package mo.farol.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.Forger;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.store.InMemory;
import mo.farol.store.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that jumps removes nothing early, and one that is right is believed. */
class CautiousClockTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration YEARS = Duration.ofDays(3_650);

  @TempDir(factory = InMemory.class)
  Path folder;

  private final AtomicLong nanos = new AtomicLong(77);
  private final ManualClock wall = new ManualClock(NOW);

  @Test
  void time_that_really_passes_is_believed_however_much_it_is() {
    var clock = cautious(NOW);
    pass(YEARS);
    assertThat(clock.instant()).isEqualTo(NOW.plus(YEARS));
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void a_clock_that_jumps_ten_years_ahead_is_believed_for_a_week_and_grows_old_slowly() {
    var clock = cautious(NOW);
    wall.advance(YEARS);
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(clock.ahead()).isEqualTo(YEARS.minusDays(7));
    pass(Duration.ofDays(3));
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(10)));
  }

  @Test
  void once_the_clock_is_set_right_all_is_as_it_was() {
    var clock = cautious(NOW);
    wall.advance(YEARS);
    assertThat(clock.ahead()).isPositive();
    wall.advance(YEARS.negated());
    assertThat(clock.instant()).isEqualTo(NOW);
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void a_clock_that_is_wrong_at_the_start_is_held_against_what_was_received_last() {
    wall.advance(YEARS);
    var clock = cautious(NOW);
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
  }

  @Test
  void a_centre_that_was_off_for_some_days_goes_on_at_once() {
    wall.advance(Duration.ofDays(5));
    var clock = cautious(NOW);
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(5)));
    pass(Duration.ofDays(30));
    assertThat(clock.instant()).isEqualTo(NOW.plus(Duration.ofDays(35)));
  }

  @Test
  void a_clock_that_goes_back_is_believed_and_so_is_one_that_comes_back_from_there() {
    var clock = cautious(NOW);
    wall.advance(YEARS.negated());
    assertThat(clock.instant()).isEqualTo(NOW.minus(YEARS));
    wall.advance(YEARS);
    assertThat(clock.instant()).isEqualTo(NOW);
  }

  @Test
  void one_that_starts_in_1970_and_is_set_right_then_is_believed() {
    wall.advance(Duration.between(NOW, Instant.EPOCH));
    var clock = cautious(NOW);
    wall.advance(Duration.between(Instant.EPOCH, NOW));
    assertThat(clock.instant()).isEqualTo(NOW);
  }

  @Test
  void a_journal_whose_last_sequences_were_lost_tells_the_time_by_what_came_before()
      throws Exception {
    write(NOW.minusSeconds(9), "one");
    write(NOW, "two");
    var last = Forger.segments(folder).getLast();
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length - 1] ^= 1;
    Files.write(last, bytes);
    try (var journal = journal()) {
      journal.advanceTo(5_000); // what the index has seen, and the journal has not
      journal.start();
      assertThat(journal.holding(journal.durable() - 1)).isEmpty();
      wall.advance(YEARS);
      var clock = CautiousClock.over(wall, journal, Optional.empty());
      assertThat(clock.instant()).isBefore(NOW.plus(Duration.ofDays(8)));
      var sealed = CautiousClock.over(wall, journal, Optional.of(NOW.plus(Duration.ofDays(300))));
      assertThat(sealed.instant()).isAfter(NOW.plus(Duration.ofDays(300)));
      assertThat(sealed.instant()).isBefore(NOW.plus(Duration.ofDays(308)));
    }
  }

  @Test
  void where_nothing_of_a_journal_can_be_read_nothing_grows_old() {
    try (var journal = journal()) {
      journal.advanceTo(1_000);
      journal.start();
      var clock = CautiousClock.over(wall, journal, Optional.empty());
      assertThat(clock.instant()).isBefore(Instant.EPOCH.plus(Duration.ofDays(8)));
    }
  }

  @Test
  void a_journal_that_is_new_believes_the_clock() {
    try (var journal = journal().start()) {
      assertThat(CautiousClock.over(wall, journal, Optional.empty()).instant()).isEqualTo(NOW);
    }
  }

  private Journal journal() {
    return Journal.open(new JournalConfig(folder, 1 << 20, 64 << 20, 0), new SimpleMeterRegistry());
  }

  private void write(Instant at, String text) {
    try (var journal = journal().start()) {
      var kept = new CompletableFuture<Long>();
      journal.append(
          FrameBatch.ofTexts(Origin.live("harbour", "syslog.tcp", "192.0.2.7"), at, text),
          new EventLog.Acknowledgement() {
            @Override
            public void durable(long firstSequence) {
              kept.complete(firstSequence);
            }

            @Override
            public void failed(JournalFault fault) {
              kept.completeExceptionally(fault);
            }
          });
      kept.join();
    }
  }

  private CautiousClock cautious(Instant newest) {
    return new CautiousClock(wall, newest, nanos::get);
  }

  private void pass(Duration time) {
    wall.advance(time);
    nanos.addAndGet(time.toNanos());
  }
}
