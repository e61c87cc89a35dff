package mo.farol.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import mo.farol.parse.ClassRules;
import mo.farol.proof.HomeCheck;
import mo.farol.proof.SealedHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that is checked while its centre goes on accuses nobody. */
class RunningHomeCheckTest {
  private static final int CHECKS = 40;

  @TempDir Path folder;
  private SealedHome home;

  @BeforeEach
  void open() {
    home = SealedHome.open(folder);
    append(30);
    home.sealAll();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void what_came_was_signed_and_was_removed_since_it_began_is_no_finding() {
    var key = home.seal.key();
    long sealed = home.seal.sealed();
    try (var check = HomeCheck.open(SealedHome.journalOf(folder), SealedHome.sealOf(folder), key)) {
      assertThat(sweep()).isPositive();
      home.seal.rotate();
      append(30);
      home.sealAll();
      assertThat(sweep()).isPositive();

      var verdict = check.all();
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.proven().getLast()).startsWith("events 0 to " + (sealed - 1) + " are");
    }
  }

  @Test
  void checks_beside_frames_heads_removals_and_rotations_find_nothing()
      throws ExecutionException, InterruptedException {
    var key = home.seal.key();
    long heads = home.seal.sealed();
    var isOver = new AtomicBoolean();
    try (var executor = Executors.newSingleThreadExecutor()) {
      var centre = executor.submit(() -> live(isOver));
      try {
        for (int i = 0; i < CHECKS; i++) {
          assertThat(SealedHome.verdict(folder, key).findings()).as("check %d", i).isEmpty();
        }
      } finally {
        isOver.set(true);
      }
      centre.get();
    }
    assertThat(home.seal.sealed()).isGreaterThan(heads);
    assertThat(home.seal.removals().all()).hasSizeGreaterThan(CHECKS / 4);
    assertThat(home.seal.rotations()).isNotEmpty();
  }

  private void live(AtomicBoolean isOver) {
    for (int i = 1; !isOver.get(); i++) {
      append(6);
      sweep();
      if (i % 20 == 0) {
        home.seal.rotate();
      }
    }
  }

  private void append(int blocks) {
    for (int i = 0; i < blocks; i++) {
      home.append(i % 2 == 0 ? SealedHome.HARBOUR : SealedHome.FINANCE, 10);
    }
  }

  // Forty days from now, what is kept for thirty.
  private long sweep() {
    return new Retention(
            new RetentionPolicy(
                Optional.empty(), Map.of("finance", Duration.ofDays(30)), Map.of(), Map.of()),
            ClassRules.of(List.of()),
            home.journal,
            home.seal,
            _ -> true,
            () -> Long.MAX_VALUE,
            () -> Instant.now().plus(Duration.ofDays(40)),
            new SimpleMeterRegistry())
        .sweep();
  }
}
