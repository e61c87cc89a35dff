package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import mo.farol.event.Event;
import mo.farol.event.Micros;
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most frequent values, told right while segments come, are merged and lose rows. */
class FrequentTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String FIELD = "user.name";
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @TempDir Path home;
  private final ManualClock clock = new ManualClock(NOON);
  private final Lines lines = new Lines();
  private final Random dice = new Random(SEED);
  private final List<Event> gone = new ArrayList<>();

  @Test
  void what_is_kept_of_segments_never_makes_an_answer_wrong() {
    System.out.println("FrequentTest seed " + SEED);
    try (var store = Store.open(StoreConfig.in(home), clock, new SimpleMeterRegistry())) {
      for (int round = 0; round < 60; round++) {
        String agency = dice.nextInt(4) == 0 ? "b" : "a";
        store.accept(
            lines.batch(
                IntStream.range(0, 1 + dice.nextInt(40))
                    .mapToObj(_ -> line(agency))
                    .toArray(Lines.Line[]::new)));
        store.refresh();
        if (round % 9 == 8) {
          forget(store);
        }
        clock.advance(Duration.ofSeconds(1));
        store.pulse(true);
        check(store, NOON.minusSeconds(7200), NOON.plusSeconds(1), Scope.national());
        check(store, NOON.minusSeconds(dice.nextInt(3600)), NOON, Scope.national());
        check(store, NOON.minusSeconds(7200), NOON.plusSeconds(1), new Scope.Agencies(Set.of("b")));
      }
    }
  }

  private Lines.Line line(String agency) {
    var time = NOON.minusSeconds(dice.nextInt(3600)).toString();
    return dice.nextInt(5) == 0
        ? Lines.line(agency, time, Severity.INFORMATIONAL, "host.name", "h")
        : Lines.line(agency, time, Severity.INFORMATIONAL, FIELD, "u" + dice.nextInt(25));
  }

  private void forget(Store store) {
    var all = lines.events();
    var lost = all.get(dice.nextInt(all.size()));
    long sequence = lost.id().sequence();
    var done = CompletableFuture.supplyAsync(() -> store.forget(Runs.of(sequence, sequence)));
    while (!done.isDone()) { // two minutes at most
      store.pulse(true);
    }
    assertThat(done.join()).isTrue();
    gone.add(lost);
  }

  private void check(Store store, Instant from, Instant to, Scope scope) {
    var wanted = new HashMap<String, Long>();
    lines.events().stream()
        .filter(event -> !gone.contains(event))
        .filter(event -> scope.sees(event.source().agency()))
        .filter(event -> !event.occurredAt().isBefore(from) && event.occurredAt().isBefore(to))
        .filter(event -> event.fields().containsKey(FIELD))
        .forEach(event -> wanted.merge(event.fields().get(FIELD), 1L, Long::sum));
    var expected =
        Found.Values.most(
            wanted.entrySet().stream().map(e -> new Found.Value(e.getKey(), e.getValue())), 5);
    var question = new Question(new Clause.All(), scope, Micros.of(from), Micros.of(to));
    var found = store.top(question, FIELD, 5, Deadline.in(Duration.ofMinutes(1)));
    assertThat(found.values()).isEqualTo(expected);
    assertThat(found.withField()).isEqualTo(wanted.values().stream().mapToLong(n -> n).sum());
    assertThat(found.exact()).isTrue();
  }
}
