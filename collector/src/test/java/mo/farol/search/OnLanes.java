package mo.farol.search;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mo.farol.event.Scope;
import mo.farol.store.SlowIndex;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A search over an index that takes its time with some words, and people who ask. */
abstract class OnLanes {
  static final Asker ANA = Asker.named("ana");
  static final Asker BO = Asker.named("bo");
  static final Asker OLGA = new Asker(Asker.named("olga").who(), true, () -> false);

  final SlowIndex index = new SlowIndex().slowFor("scan").slowFor("dig").slowFor("rake");
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  Search search = search(lanes(1, 64, 24), Duration.ofMinutes(5));

  @AfterEach
  void close() {
    search.close();
  }

  CompletableFuture<Hits> ask(Asker asker, String query) {
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

  CompletableFuture<TopValues> top(Asker asker, String query, String field) {
    return CompletableFuture.supplyAsync(
        () -> search.run(asker, query, questions -> questions.top(request(query), field, 5)),
        Thread::startVirtualThread);
  }

  Search tables(int heavy, int tables) {
    var pipes = new PipeConfig(10, PipeConfig.defaults().bounds(), tables);
    return new Search(
        index,
        (_, _) -> Optional.empty(),
        new SearchConfig(Duration.ofMinutes(5), 10, pipes),
        lanes(heavy, 64, 24),
        InstantSource.system(),
        metrics);
  }

  void awaitStates(UnderWay.State... wanted) {
    Awaitility.await()
        .until(
            () -> search.underWay(OLGA).stream().map(UnderWay::state).sorted().toList(),
            states -> states.equals(java.util.Arrays.stream(wanted).sorted().toList()));
  }

  /** What somebody's searches do, with how many do it, by word. */
  List<String> states(Asker asker) {
    var all = new ArrayList<String>();
    for (var state : List.of(UnderWay.State.HEAVY, UnderWay.State.LIGHT, UnderWay.State.WAITING)) {
      long n = search.underWay(asker).stream().filter(u -> u.state() == state).count();
      if (n > 0) {
        all.add(state + " " + n);
      }
    }
    return all;
  }

  Search search(LaneConfig lanes, Duration deadline) {
    return new Search(
        index,
        (_, _) -> Optional.empty(),
        new SearchConfig(deadline, 10),
        lanes,
        InstantSource.system(),
        metrics);
  }

  static LaneConfig lanes(int heavy, int most, int mostOfOne) {
    return lanes(heavy, most, mostOfOne, Duration.ofMinutes(5));
  }

  static LaneConfig lanes(int heavy, int most, int mostOfOne, Duration turn) {
    return new LaneConfig(2, heavy, Duration.ofMillis(10), turn, most, mostOfOne);
  }

  static SearchRequest request(String query) {
    return Town.ask(query, Scope.national());
  }
}
