package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;

/** What a session holds over thirty simulated days of facts. */
class ThirtyDaysTest {
  private static final int DAYS = 30;
  private static final int A_DAY = 2_000;

  @Test
  void facts_held_stay_flat_over_thirty_days() {
    var held = new ArrayList<Long>();
    try (var profiler = new ConditionProfiler();
        var session =
            new DecisionSession(
                DecisionBook.shipped(),
                new Policy(3, 100, 3),
                new SimpleMeterRegistry().counter("faults"),
                profiler,
                over -> {
                  throw new AssertionError(over.toString());
                },
                _ -> {})) {
      long step = 86_400L / A_DAY;
      for (int day = 0; day < DAYS; day++) {
        for (int i = 0; i < A_DAY; i++) {
          long at = day * 86_400L + i * step;
          var seen =
              Seen.detection(
                  i % 3 == 0 ? "accepted" : "web-shell", Level.HIGH, "a", at, at, "h" + i % 50);
          session.insert(
              DetectionFact.of(seen, RuleCard.BLANK, seen.event().occurredAt().toEpochMilli()), "");
        }
        held.add(session.facts());
      }
    }
    long inFifteenMinutes = 15 * 60L * A_DAY / 86_400L + 1;
    assertThat(held).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(2 * inFifteenMinutes));
    assertThat(held.getLast()).isLessThanOrEqualTo(held.getFirst() + 1);
  }
}
