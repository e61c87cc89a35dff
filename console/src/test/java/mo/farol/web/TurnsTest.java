package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mo.farol.event.Scope;
import mo.farol.search.Asker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bytes that wait for their readers. */
class TurnsTest {
  private static final Asker.Who ANA = new Asker.Who("ana", Scope.national());
  private static final Asker.Who BO = new Asker.Who("bo", Scope.national());
  private static final Asker.Who SIEM_OF_A = new Asker.Who("siem", Scope.of("a"));
  private static final Asker.Who SIEM_OF_B = new Asker.Who("siem", Scope.of("b"));
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Turns turns = new Turns(90, 30);

  @Test
  void nobody_holds_more_than_their_part_and_others_do_not_wait_for_them() {
    assertThat(turns.enter(ANA, 20, LONG)).isTrue();
    assertThat(turns.enter(ANA, 20, Duration.ZERO)).isFalse();
    assertThat(turns.enter(BO, 20, Duration.ZERO)).isTrue();
    turns.leave(ANA, 20);
    assertThat(turns.enter(ANA, 20, Duration.ZERO)).isTrue();
  }

  @Test
  void what_is_larger_than_a_part_is_given_where_nothing_else_is_held() {
    assertThat(turns.enter(ANA, 1_000, Duration.ZERO)).isTrue();
    assertThat(turns.enter(ANA, 1, Duration.ZERO)).isFalse();
    turns.leave(ANA, 1_000);
    assertThat(turns.enter(ANA, 1, Duration.ZERO)).isTrue();
  }

  @Test
  void programs_of_one_name_and_two_agencies_have_a_part_each() {
    assertThat(turns.enter(SIEM_OF_A, 30, Duration.ZERO)).isTrue();
    assertThat(turns.enter(SIEM_OF_B, 30, Duration.ZERO)).isTrue();
  }

  @Test
  void who_waits_is_served_when_one_leaves_and_is_seen_to_wait() {
    for (var who : new Asker.Who[] {ANA, SIEM_OF_A, SIEM_OF_B}) {
      assertThat(turns.enter(who, 30, Duration.ZERO)).isTrue();
    }
    assertThat(turns.isWanted()).isFalse();
    var waits =
        CompletableFuture.supplyAsync(() -> turns.enter(BO, 10, LONG), Thread::startVirtualThread);
    Awaitility.await().until(turns::isWanted);

    turns.leave(SIEM_OF_A, 30);

    assertThat(waits.join()).isTrue();
    assertThat(turns.isWanted()).isFalse();
  }

  @Test
  void no_more_wait_than_as_much_again() {
    var all =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> turns.enter(ANA, 30, LONG), Thread::startVirtualThread))
            .limit(5)
            .toList();

    // One holds its part, three wait, and the fifth is turned away at once.
    Awaitility.await().until(() -> all.stream().filter(CompletableFuture::isDone).count() == 2);
    assertThat(all.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
        .containsExactlyInAnyOrder(true, false);
  }
}
