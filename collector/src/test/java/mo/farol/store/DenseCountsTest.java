package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.Event;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Groups of events that have one value of each key are those that going through all events finds.
 * {@code -Dfarol.seed} repeats the choices made.
 */
class DenseCountsTest {
  private static final int EVENTS = 4_000;
  private static final Instant FIRST = Instant.parse("2026-11-24T01:00:00Z");
  private static final Duration SPAN = Duration.ofMinutes(20);
  private static final String OTHER_HOST = "192.0.2.9"; // the sender's, where the event names none

  @TempDir private Path folder;

  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Lines lines = new Lines();

  @Test
  void groups_are_counted_as_going_through_all_events_counts_them() {
    System.out.println("DenseCountsTest seed " + seed);
    try (var store = open()) {
      fill(store, 0);
      check(store, "no outcome");
      fill(store, 30);
      check(store, "some with an outcome");
    }
  }

  private void check(Store store, String where) {
    for (boolean present : new boolean[] {false, true}) {
      for (var keys :
          List.of(
              List.of("agency", "host.name", "bin"),
              List.of("user.name", "bin"),
              List.of("bin"),
              List.of("host.name", "event.outcome"))) {
        for (var scope : List.of(Scope.national(), Scope.of("a"))) {
          assertThat(found(store, keys, present, scope))
              .as("seed %d, %s, %s, present %s, %s", seed, where, keys, present, scope)
              .isEqualTo(expected(keys, present, scope));
        }
      }
    }
  }

  private static Map<List<String>, Long> found(
      Store store, List<String> keys, boolean present, Scope scope) {
    var grouping =
        new Grouping(
            keys.stream().map(DenseCountsTest::key).toList(),
            List.of(new Measure.Count()),
            present,
            Grouping.Order.KEYS,
            100_000,
            Grouping.Bounds.defaults());
    var question = new Question(new Clause.All(), scope, Long.MIN_VALUE, Long.MAX_VALUE);
    var answer = store.groups(question, grouping, Deadline.in(Duration.ofMinutes(1)));
    assertThat(answer.exact()).isTrue();
    var groups = new HashMap<List<String>, Long>();
    for (var group : answer.groups()) {
      var names = new ArrayList<String>();
      group.cells().subList(0, keys.size()).forEach(cell -> names.add(cell.text()));
      groups.put(names, ((Cell.Whole) group.cells().getLast()).number());
    }
    return groups;
  }

  private static Key key(String name) {
    return name.equals("bin") ? new Key.Bin(SPAN.toNanos() / 1_000) : new Key.Value(name);
  }

  private Map<List<String>, Long> expected(List<String> keys, boolean present, Scope scope) {
    var groups = new HashMap<List<String>, Long>();
    for (var event : lines.events()) {
      if (scope.sees(event.source().agency())) {
        combinations(event, keys, 0, List.of(), present, groups);
      }
    }
    return groups;
  }

  private static void combinations(
      Event event,
      List<String> keys,
      int i,
      List<String> before,
      boolean present,
      Map<List<String>, Long> groups) {
    if (i == keys.size()) {
      groups.merge(before, 1L, Long::sum);
      return;
    }
    var values = values(event, keys.get(i));
    if (values.isEmpty() && present) {
      return;
    }
    for (var value : values.isEmpty() ? List.of("") : values) {
      var next = new ArrayList<>(before);
      next.add(value);
      combinations(event, keys, i + 1, next, present, groups);
    }
  }

  private static List<String> values(Event event, String key) {
    return switch (key) {
      case "agency" -> List.of(event.source().agency());
      case "bin" -> {
        long width = SPAN.toNanos() / 1_000;
        long at = Math.floorDiv(Micros.of(event.occurredAt()), width) * width;
        yield List.of(Micros.toInstant(at).toString());
      }
      case "host.name" -> List.of(event.fields().getOrDefault(key, OTHER_HOST));
      default -> Optional.ofNullable(event.fields().get(key)).map(List::of).orElse(List.of());
    };
  }

  /**
   * @param told of a hundred events have an outcome
   */
  private void fill(Store store, int told) {
    for (int done = 0; done < EVENTS; ) {
      var agency = random.nextBoolean() ? "a" : "b";
      var some = new Lines.Line[random.nextInt(1, 400)];
      for (int i = 0; i < some.length; i++) {
        some[i] = line(agency, random.nextInt(100) < told);
      }
      store.accept(lines.batch(some));
      done += some.length;
      if (random.nextInt(6) == 0) {
        store.refresh();
      }
    }
    store.refresh();
  }

  private Lines.Line line(String agency, boolean hasOutcome) {
    var fields = new ArrayList<>(List.of("message", "one"));
    if (random.nextInt(5) > 0) {
      fields.addAll(List.of("host.name", "h" + random.nextInt(9)));
    }
    if (random.nextBoolean()) {
      fields.addAll(List.of("user.name", "u" + random.nextInt(7)));
    }
    if (hasOutcome) {
      fields.addAll(List.of("event.outcome", random.nextBoolean() ? "success" : "failure"));
    }
    var at = FIRST.plusSeconds(random.nextInt(20_000));
    return Lines.line(agency, at.toString(), Severity.NOTICE, fields.toArray(String[]::new));
  }

  private Store open() {
    var config = new StoreConfig(folder, 1L << 20, Duration.ofSeconds(5), 4, 1);
    return Store.open(
        config, new ManualClock(Instant.parse("2026-11-24T12:00:00Z")), new SimpleMeterRegistry());
  }
}
