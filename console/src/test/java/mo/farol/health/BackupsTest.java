package mo.farol.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the last backup is young enough, by a clock that may be wrong. */
class BackupsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");

  @TempDir Path home;

  @Test
  void one_within_the_time_is_right_and_an_older_one_is_told() {
    made(NOW.minus(Duration.ofDays(6)));
    assertThat(backups().wrong()).isEmpty();
    made(NOW.minus(Duration.ofDays(8)));
    assertThat(backups().wrong()).hasValueSatisfying(told -> assertThat(told).contains("farol-x"));
  }

  @Test
  void one_of_the_future_keeps_nobody_from_being_told() {
    made(NOW.plusSeconds(60));
    assertThat(backups().wrong()).as("two clocks differ").isEmpty();
    made(NOW.plus(Duration.ofDays(3_650)));
    assertThat(backups().wrong()).hasValueSatisfying(told -> assertThat(told).contains("2036-"));
  }

  private void made(Instant at) {
    LastBackup.made(home, at, Path.of("/backups/farol-x"));
  }

  private Backups backups() {
    return new Backups(home, Optional.of(Duration.ofDays(7)), Optional::empty, () -> NOW);
  }
}
