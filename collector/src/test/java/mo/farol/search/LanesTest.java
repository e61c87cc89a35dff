package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mo.farol.event.Scope;
import mo.farol.store.SlowIndex;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searches side by side: who waits for whom, what is told of them, and how they end. */
class LanesTest {
  private static final Asker ANA = Asker.named("ana");
  private static final Asker BO = Asker.named("bo");
  private static final Asker OLGA = new Asker(Asker.named("olga").who(), true, () -> false);

  private final SlowIndex index = new SlowIndex().slowFor("scan").slowFor("dig").slowFor("rake");
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Search search = search(lanes(1, 64, 24), Duration.ofMinutes(5));

  @AfterEach
  void close() {
    search.close();
  }

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
  void a_search_whose_asker_has_left_is_ended() {
    var left = new AtomicBoolean();
    var hers = ask(new Asker(ANA.who(), false, left::get), "scan");
    awaitStates(UnderWay.State.HEAVY);

    left.set(true);

    assertThatThrownBy(hers::join).cause().isInstanceOf(Cancelled.class);
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

  @Test
  void closing_ends_what_is_under_way_and_refuses_what_comes() {
    var hers = ask(ANA, "scan");
    awaitStates(UnderWay.State.HEAVY);

    search.close();

    assertThatThrownBy(hers::join).cause().isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> search.find(request("short"))).isInstanceOf(Busy.class);
  }

  private CompletableFuture<Hits> ask(Asker asker, String query) {
    return CompletableFuture.supplyAsync(
        () ->
            search.run(
                asker,
                query,
                questions ->
                    questions.ask(request(query), 10) instanceof Answer.Events(var hits)
                        ? hits
                        : new Hits(List.of(), 0, true, Optional.empty(), false, Duration.ZERO)),
        Thread::startVirtualThread);
  }

  private CompletableFuture<TopValues> top(Asker asker, String query, String field) {
    return CompletableFuture.supplyAsync(
        () -> search.run(asker, query, questions -> questions.top(request(query), field, 5)),
        Thread::startVirtualThread);
  }

  private Search tables(int heavy, int tables) {
    var pipes = new PipeConfig(10, PipeConfig.defaults().bounds(), tables);
    return new Search(
        index,
        (_, _) -> Optional.empty(),
        new SearchConfig(Duration.ofMinutes(5), 10, pipes),
        lanes(heavy, 64, 24),
        InstantSource.system(),
        metrics);
  }

  private void awaitStates(UnderWay.State... wanted) {
    Awaitility.await()
        .until(
            () -> search.underWay(OLGA).stream().map(UnderWay::state).sorted().toList(),
            states -> states.equals(java.util.Arrays.stream(wanted).sorted().toList()));
  }

  /** What somebody's searches do, with how many do it, by word. */
  private List<String> states(Asker asker) {
    var all = new ArrayList<String>();
    for (var state : List.of(UnderWay.State.HEAVY, UnderWay.State.LIGHT, UnderWay.State.WAITING)) {
      long n = search.underWay(asker).stream().filter(u -> u.state() == state).count();
      if (n > 0) {
        all.add(state + " " + n);
      }
    }
    return all;
  }

  private Search search(LaneConfig lanes, Duration deadline) {
    return new Search(
        index,
        (_, _) -> Optional.empty(),
        new SearchConfig(deadline, 10),
        lanes,
        InstantSource.system(),
        metrics);
  }

  private static LaneConfig lanes(int heavy, int most, int mostOfOne) {
    return lanes(heavy, most, mostOfOne, Duration.ofMinutes(5));
  }

  private static LaneConfig lanes(int heavy, int most, int mostOfOne, Duration turn) {
    return new LaneConfig(2, heavy, Duration.ofMillis(10), turn, most, mostOfOne);
  }

  private static SearchRequest request(String query) {
    return Town.ask(query, Scope.national());
  }
}
