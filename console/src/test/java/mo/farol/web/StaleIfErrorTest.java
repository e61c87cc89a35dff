package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Whether somebody is still let in, while nobody can say. */
class StaleIfErrorTest {
  private final AtomicReference<BooleanSupplier> ledger = new AtomicReference<>(() -> true);

  @Test
  void one_fault_ends_nothing_and_what_is_known_again_counts() {
    var admission = new StaleIfError(() -> ledger.get().getAsBoolean(), Duration.ofMinutes(1));
    ledger.set(StaleIfErrorTest::fault);
    assertThat(admission.getAsBoolean()).isTrue();
    ledger.set(() -> false);
    assertThat(admission.getAsBoolean()).isFalse();
  }

  @Test
  void after_its_time_who_is_not_known_is_not_let_in() {
    var admission = new StaleIfError(() -> ledger.get().getAsBoolean(), Duration.ZERO);
    ledger.set(StaleIfErrorTest::fault);
    assertThat(admission.getAsBoolean()).isFalse();
  }

  private static boolean fault() {
    throw new IllegalStateException("the ledger is busy");
  }
}
