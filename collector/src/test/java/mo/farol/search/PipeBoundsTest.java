package mo.farol.search;

import static mo.farol.search.Town.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.store.Cell;
import mo.farol.store.Grouping;
import mo.farol.store.Lines;
import mo.farol.store.Partial;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What events made to cost much cost, and what is said of it. */
class PipeBoundsTest {
  private static final Instant WHEN = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void an_event_with_many_values_of_many_keys_is_in_a_thousand_groups_and_told() {
    var keys = IntStream.range(0, 8).mapToObj(i -> "odd.k" + i).toList();
    var batch = open(keys);
    for (String key : keys) {
      for (int value = 0; value < 50; value++) {
        batch.addText(Fields.id(key), "v" + value);
      }
    }
    take(batch);
    String by = String.join(",", keys);

    var answer = ask("* | count by " + by, Grouping.Bounds.defaults());
    var few = ask("* | count by " + by, new Grouping.Bounds(10, 1 << 20, 9));
    var none = ask("* | top " + by + ",odd.none", Grouping.Bounds.defaults());

    assertThat(answer.total()).isEqualTo(1_000);
    assertThat(answer.matched()).isEqualTo(1);
    assertThat(answer.partial()).containsExactly(new Partial(Partial.Kind.MANY, 1, 0));
    assertThat(answer.told().getFirst()).startsWith("1 events have more values");
    assertThat(few.partial())
        .containsExactlyInAnyOrder(
            new Partial(Partial.Kind.GROUPS, 10, 1), new Partial(Partial.Kind.MANY, 1, 0));
    assertThat(none.partial()).isEmpty();
    assertThat(none.total()).isZero();
  }

  @Test
  void of_a_field_with_more_than_a_hundred_values_a_hundred_are_counted_and_that_is_told() {
    var fields = List.of("source.port", "odd.port");
    var batch = open(fields);
    for (int value = 0; value < 130; value++) {
      for (String field : fields) {
        batch.addText(Fields.id(field), Integer.toString(value));
      }
    }
    take(batch);

    for (String field : fields) {
      for (String stage : List.of("distinct %s", "count by %s, host.name | distinct %s")) {
        var answer = ask("* | " + stage.replace("%s", field), Grouping.Bounds.defaults());

        assertThat(answer.partial())
            .as(stage + field)
            .containsExactly(new Partial(Partial.Kind.MANY, 1, 0));
        assertThat(answer.table().rows().getFirst().getFirst())
            .as(stage + field)
            .isEqualTo(new Cell.Whole(100));
      }
    }
  }

  @Test
  void where_memory_runs_short_percentiles_leave_numbers_out_and_say_how_many() {
    int bytes = 1_200;
    take(200, i -> at("10:00:00", "user.name", "u" + i % 4, "event.duration", "" + (1 << i % 31)));

    var answer =
        ask(
            "* | count, percentiles(0,50,100) event.duration by user",
            new Grouping.Bounds(9, bytes, 10_000));
    var all = ask("* | percentiles(50,99.9999) event.duration by user", Grouping.Bounds.defaults());

    var dropped = answer.partial().stream().filter(p -> p.kind() == Partial.Kind.DROPPED).toList();
    assertThat(dropped).hasSize(1);
    assertThat(dropped.getFirst().first()).isBetween(1L, 199L);
    assertThat(answer.table().rows()).hasSize(4);
    for (var row : answer.table().rows()) {
      assertThat(row.get(1)).isEqualTo(new Cell.Whole(50));
      double[] ranks =
          row.subList(2, 5).stream().mapToDouble(c -> Double.parseDouble(c.text())).toArray();
      assertThat(ranks).isSorted();
      assertThat(ranks[0]).isGreaterThanOrEqualTo(1);
      assertThat(ranks[2]).isLessThanOrEqualTo(1 << 30);
    }
    assertThat(all.partial()).isEmpty();
  }

  @Test
  void a_percentile_is_of_the_rank_that_its_digits_say() {
    take(1_000, i -> at("10:00:00", "event.duration", Integer.toString(i + 1)));

    var answer = ask("* | percentiles(0.7,55.1,99.9) event.duration", Grouping.Bounds.defaults());

    assertThat(answer.table().rows().getFirst())
        .containsExactly(new Cell.Whole(7), new Cell.Whole(551), new Cell.Whole(999));
  }

  private static EventBatch open(List<String> fields) {
    fields.forEach(Fields::id);
    var batch = new EventBatch();
    var origin = Origin.live("dsf", "syslog.tcp", "192.0.2.9");
    batch.open(FrameBatch.ofTexts(origin, WHEN, "x"), 0, 0);
    return batch;
  }

  private void take(int events, IntFunction<Lines.Line> line) {
    var lines = IntStream.range(0, events).mapToObj(line).toArray(Lines.Line[]::new);
    for (int from = 0; from < events; from += 50) {
      town.store.accept(town.lines.batch(Arrays.copyOfRange(lines, from, from + 50)));
    }
    town.store.refresh();
  }

  private void take(EventBatch batch) {
    batch.close(Micros.of(WHEN), Severity.NOTICE, null);
    town.store.accept(batch);
    town.store.refresh();
  }

  private Answer.Rows ask(String query, Grouping.Bounds bounds) {
    var pipes = new PipeConfig(10_000, bounds, 1);
    var config = new SearchConfig(Duration.ofSeconds(60), 10_000, pipes);
    var search = new Search(town.store, town.lines, config);
    return (Answer.Rows) search.ask(Town.ask(query, Scope.national()), 10_000);
  }
}
