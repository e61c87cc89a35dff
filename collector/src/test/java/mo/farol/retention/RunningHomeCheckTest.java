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
import mo.farol.parse.ClassRules;
import mo.farol.proof.HomeCheck;
import mo.farol.proof.SealedHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that is checked while its centre goes on accuses nobody. */
class RunningHomeCheckTest {
  private static final int ROUNDS = 80;

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
    try (var executor = Executors.newSingleThreadExecutor()) {
      var centre = executor.submit(this::live);
      int checks = 0;
      do {
        assertThat(SealedHome.verdict(folder, key).findings()).as("check %d", checks).isEmpty();
        checks++;
      } while (!centre.isDone());
      centre.get();
      System.out.println(checks + " checks beside a centre that goes on");
    }
    assertThat(home.seal.rotations()).hasSize(ROUNDS / 20);
    assertThat(home.seal.removals().all()).hasSizeGreaterThan(ROUNDS / 4);
    home.sealAll();
    assertThat(SealedHome.verdict(folder, key).findings()).isEmpty();
  }

  private void live() {
    for (int i = 1; i <= ROUNDS; i++) {
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
