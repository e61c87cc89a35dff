package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import mo.farol.event.Scope;
import mo.farol.store.SlowIndex;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Searches under way: what is told of them to whom, who may end them, and how they end. */
class UnderWayTest extends OnLanes {
  @Test
  void who_asked_can_cancel_whether_it_works_or_waits() {
    var works = ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);
    var waits = ask(ANA, "dig");
    awaitStates(UnderWay.State.HEAVY, UnderWay.State.WAITING);

    search.underWay(ANA).forEach(told -> assertThat(search.cancel(told.id(), ANA)).isTrue());

    for (var each : List.of(works, waits)) {
      assertThatThrownBy(each::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(Cancelled.class, c -> assertThat(c.by()).isEqualTo("ana"));
    }
    assertThat(search.underWay(OLGA)).isEmpty();
    assertThat(metrics.counter("farol_search_cancelled_total").count()).isEqualTo(2);
    assertThat(ask(BO, "short").join().exact()).as("its place is free again").isTrue();
  }

  @Test
  void looking_for_names_of_fields_is_seen_and_can_be_cancelled() {
    index.slowFor(SlowIndex.NAMES);
    var found = ask(ANA, "odd.field:x");
    var followed =
        CompletableFuture.supplyAsync(
            () -> search.follow(ANA, "odd.field:x", Scope.national(), Optional.empty()),
            Thread::startVirtualThread);
    var harvested =
        CompletableFuture.supplyAsync(
            () -> search.harvest(ANA, request("odd.field:x")), Thread::startVirtualThread);
    Awaitility.await().until(() -> search.underWay(ANA).size() == 3);

    search.underWay(ANA).forEach(told -> search.cancel(told.id(), ANA));

    for (var each : List.of(found, followed, harvested)) {
      assertThatThrownBy(each::join).cause().isInstanceOf(Cancelled.class);
    }
  }

  @Test
  void nobody_sees_or_cancels_another_persons_search_but_who_oversees_all() {
    var hers = ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);
    String id = search.underWay(ANA).getFirst().id();

    assertThat(search.underWay(BO)).isEmpty();
    assertThat(search.underWay(Asker.CENTRE)).isEmpty();
    assertThat(search.cancel(id, BO)).isFalse();
    assertThat(hers).isNotDone();

    assertThat(search.underWay(OLGA)).extracting(UnderWay::who).containsExactly("ana");
    assertThat(search.cancel(id, OLGA)).isTrue();
    assertThatThrownBy(hers::join).cause().hasMessageContaining("cancelled by olga");
  }

  @Test
  void what_is_told_says_who_asked_what_and_how_far_it_is() {
    ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);

    var told = search.underWay(ANA).getFirst();

    assertThat(told.query()).isEqualTo("scan");
    assertThat(told.who()).isEqualTo("ana");
    assertThat(told.progress()).isEqualTo(0.25);
    assertThat(told.events()).hasValue(1_000);
    assertThat(told.matched()).isEqualTo(7);
  }

  @Test
  void how_much_the_whole_centre_has_is_told_to_nobody_of_an_agency() {
    var rui = Asker.of(new Asker.Who("rui", Scope.of("a")));
    ask(rui, "scan");
    Awaitility.await().until(() -> states(rui).equals(List.of("HEAVY 1")));

    var told = search.underWay(rui).getFirst();
    assertThat(told.events()).isEmpty();
    assertThat(told.progress()).isEqualTo(0.25);
    assertThat(search.underWay(OLGA).getFirst().events()).hasValue(1_000);
  }

  @Test
  void askers_of_one_name_and_two_agencies_are_two() {
    search.close();
    search = search(lanes(1, 64, 1), Duration.ofMinutes(5));
    var siemOfA = Asker.of(new Asker.Who("siem", Scope.of("a")));
    var siemOfB = Asker.of(new Asker.Who("siem", Scope.of("b")));
    var first = ask(siemOfA, "scan");
    Awaitility.await().until(() -> states(siemOfA).equals(List.of("HEAVY 1")));
    String id = search.underWay(siemOfA).getFirst().id();

    assertThat(search.underWay(siemOfB)).isEmpty();
    assertThat(search.cancel(id, siemOfB)).isFalse();
    assertThat(ask(siemOfB, "short").join().exact()).as("a limit of its own").isTrue();
    assertThat(first).isNotDone();
    assertThat(search.cancel(id, siemOfA)).isTrue();
  }

  @Test
  void a_search_whose_asker_has_left_is_ended() {
    var left = new AtomicBoolean();
    var hers = ask(new Asker(ANA.who(), false, left::get), "scan");
    awaitStates(UnderWay.State.HEAVY);

    left.set(true);

    assertThatThrownBy(hers::join).cause().isInstanceOf(Cancelled.class);
  }

  @Test
  void tables_wait_for_each_other_and_can_be_cancelled_while_they_do() {
    var config =
        new SearchConfig(
            Duration.ofMinutes(5), 10, new PipeConfig(10, PipeConfig.defaults().bounds(), 1));
    search.close();
    search =
        new Search(
            index,
            (_, _) -> Optional.empty(),
            config,
            lanes(1, 64, 24),
            InstantSource.system(),
            metrics);
    ask(ANA, "scan | count");
    awaitStates(UnderWay.State.HEAVY);
    var waits = ask(ANA, "short | count");
    awaitStates(UnderWay.State.HEAVY, UnderWay.State.WAITING);

    assertThat(ask(BO, "short").join().exact()).isTrue();
    assertThat(search.cancel(search.underWay(ANA).getLast().id(), ANA)).isTrue();
    assertThatThrownBy(waits::join).cause().isInstanceOf(Cancelled.class);
  }

  @Test
  void closing_ends_what_is_under_way_and_refuses_what_comes() {
    var hers = ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);

    search.close();

    assertThatThrownBy(hers::join).cause().isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> search.find(request("short"))).isInstanceOf(Busy.class);
  }
}
