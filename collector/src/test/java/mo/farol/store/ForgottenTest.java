package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import mo.farol.event.Runs;
import org.junit.jupiter.api.Test;

class ForgottenTest {
  private final Forgotten forgotten = new Forgotten();

  @Test
  void a_request_taken_back_while_it_was_worked_on_does_not_answer_for_the_next() {
    assertThat(forgotten.ask(runs(), 0)).isFalse();
    var first = CompletableFuture.supplyAsync(() -> forgotten.ask(runs(), 60));
    await().until(() -> forgotten.next(100) != null);
    var wanted = Objects.requireNonNull(forgotten.next(100));
    forgotten.done(wanted);
    assertThat(first.join()).isTrue();

    var second = CompletableFuture.supplyAsync(() -> forgotten.ask(runs(), 60));
    await().until(() -> forgotten.next(100) != null);
    forgotten.done(wanted);
    var next = forgotten.next(100);
    assertThat(next).isNotNull();
    assertThat(second).isNotDone();
    forgotten.done(Objects.requireNonNull(next));
    assertThat(second.join()).isTrue();
  }

  private static Runs runs() {
    return new Runs.Builder().add(1, 2).add(4, 4).build();
  }
}
