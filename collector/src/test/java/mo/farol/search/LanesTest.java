package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.event.Scope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Searches side by side: who waits for whom, and who is refused. */
class LanesTest extends OnLanes {
  @Test
  void a_short_question_waits_for_no_long_one_however_many_there_are() {
    var long1 = ask(ANA, "scan");
    var long2 = ask(BO, "dig");
    awaitStates(UnderWay.State.HEAVY, UnderWay.State.WAITING);

    assertThat(ask(ANA, "short").join().exact()).isTrue();

    assertThat(long1).isNotDone();
    assertThat(long2).isNotDone();
  }

  @Test
  void so_many_long_ones_as_may_work_do_and_the_next_goes_on_when_one_ends() {
    var long1 = ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);
    var long2 = ask(BO, "dig");
    awaitStates(UnderWay.State.HEAVY, UnderWay.State.WAITING);

    index.finish("scan");
    assertThat(long1.join().exact()).isTrue();

    awaitStates(UnderWay.State.HEAVY);
    index.finish("dig");
    assertThat(long2.join().exact()).isTrue();
  }

  @Test
  void one_persons_many_questions_let_another_persons_one_go_first() {
    ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);
    for (int i = 0; i < 3; i++) {
      ask(ANA, "rake");
    }
    Awaitility.await().until(() -> states(ANA).equals(List.of("HEAVY 1", "WAITING 3")));
    ask(BO, "dig");
    Awaitility.await().until(() -> states(BO).equals(List.of("WAITING 1")));

    index.finish("scan");

    Awaitility.await().until(() -> states(BO).equals(List.of("HEAVY 1")));
    assertThat(states(ANA)).containsExactly("WAITING 3");
  }

  @Test
  void a_search_whose_time_passes_while_it_waits_is_refused_and_not_called_partial() {
    var hasty =
        new Search(
            index,
            (_, _) -> Optional.empty(),
            new SearchConfig(Duration.ofMillis(300), 10),
            lanes(0, 64, 24),
            InstantSource.system(),
            metrics);

    assertThatThrownBy(() -> hasty.find(request("dig"))).isInstanceOf(Busy.class);
    hasty.close();
  }

  @Test
  void values_of_what_is_no_facet_are_counted_by_as_few_at_once_as_tables_are() {
    search.close();
    search = tables(2, 1);
    top(ANA, "scan", "trace.id");
    awaitStates(UnderWay.State.HEAVY);
    top(BO, "dig", "trace.id");
    awaitStates(UnderWay.State.HEAVY, UnderWay.State.WAITING);

    assertThat(top(BO, "short", "user.name").join().exact()).as("of a facet").isTrue();
    index.finish("scan");
    Awaitility.await().until(() -> states(BO).equals(List.of("HEAVY 1")));
  }

  @Test
  void too_many_are_refused_those_of_one_person_sooner() {
    search.close();
    search = search(lanes(1, 4, 2), Duration.ofMinutes(5));
    ask(ANA, "scan");
    ask(ANA, "scan");
    Awaitility.await().until(() -> search.underWay(ANA).size() == 2);

    assertThatThrownBy(() -> ask(ANA, "short").join()).cause().hasMessageContaining("You have 2");
    ask(BO, "scan");
    ask(BO, "scan");
    Awaitility.await().until(() -> search.underWay(OLGA).size() == 4);
    assertThatThrownBy(() -> search.find(request("short")))
        .isInstanceOf(Busy.class)
        .hasMessageContaining("ask again");
  }

  @Test
  void a_tail_tells_later_what_it_could_not_look_at_because_it_had_no_turn() {
    var hasty =
        new Search(
            index,
            (_, _) -> Optional.empty(),
            new SearchConfig(Duration.ofMillis(300), 10),
            lanes(0, 64, 24),
            InstantSource.system(),
            metrics);
    index.finish("dig");
    var tail = hasty.follow(ANA, "dig", Scope.national(), Optional.of(0L));
    index.slowFor("dig").searchableTo(5);

    assertThatThrownBy(tail::next).isInstanceOf(Busy.class);
    assertThat(tail.at()).isZero();

    index.finish("dig");
    assertThat(tail.next().orElseThrow().exact()).isTrue();
    assertThat(tail.at()).isEqualTo(5);
    hasty.close();
  }

  @Test
  void a_long_one_gives_its_place_to_another_that_waits_and_goes_on_later() {
    search.close();
    search = search(lanes(1, 64, 24, Duration.ofMillis(20)), Duration.ofMinutes(5));
    var scan = ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);
    ask(BO, "dig");

    Awaitility.await().until(() -> states(BO).equals(List.of("HEAVY 1")));
    Awaitility.await().until(() -> states(ANA).equals(List.of("HEAVY 1")));

    index.finish("dig");
    index.finish("scan");
    assertThat(scan.join().exact()).isTrue();
  }

  @Test
  void a_table_leaves_its_place_as_soon_as_its_stages_are_worked_out() {
    search.close();
    search = tables(1, 1);
    var made = new CountDownLatch(1);
    var rest = new CompletableFuture<Boolean>();
    Thread.startVirtualThread(
        () ->
            search.run(
                ANA,
                "short | count",
                questions -> {
                  questions.ask(request("short | count"), 10);
                  made.countDown();
                  return rest.join();
                }));

    assertThat(ask(BO, "short | count").orTimeout(20, TimeUnit.SECONDS).join().exact()).isTrue();
    Awaitility.await().until(() -> made.getCount() == 0);
    assertThat(ask(BO, "short | count").orTimeout(20, TimeUnit.SECONDS).join().exact()).isTrue();
    rest.complete(true);
  }

  @Test
  void one_person_never_has_all_places_of_tables() {
    search.close();
    search = tables(2, 2);
    ask(ANA, "scan | count");
    ask(ANA, "scan | count");
    Awaitility.await().until(() -> states(ANA).equals(List.of("HEAVY 1", "WAITING 1")));

    assertThat(ask(BO, "short | count").orTimeout(20, TimeUnit.SECONDS).join().exact()).isTrue();
  }

  @Test
  void somebodys_first_search_is_let_in_beyond_the_most() {
    search.close();
    search = search(lanes(1, 4, 4), Duration.ofMinutes(5));
    for (int i = 0; i < 4; i++) {
      ask(ANA, "scan");
    }
    Awaitility.await().until(() -> search.underWay(ANA).size() == 4);

    assertThat(ask(BO, "short").join().exact()).isTrue();
    assertThatThrownBy(() -> search.find(request("short"))).isInstanceOf(Busy.class);
  }
}
