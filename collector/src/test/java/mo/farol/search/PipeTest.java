package mo.farol.search;

import static mo.farol.search.Town.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.pipe.Csv;
import mo.farol.pipe.Json;
import mo.farol.pipe.Pipe;
import mo.farol.pipe.Stages;
import mo.farol.pipe.Table;
import mo.farol.store.Cell;
import mo.farol.store.Deadline;
import mo.farol.store.Grouping;
import mo.farol.store.Lines;
import mo.farol.store.Partial;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stages after a query mean, and what is said where a bound is met. */
class PipeTest {
  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void an_event_without_the_field_is_in_a_group_of_its_own_and_among_no_top_values() {
    town.with(
        at("10:00:00", "user.name", "Ana"),
        at("10:00:01", "user.name", "ana"),
        at("10:00:02", "message", "nobody"));

    assertThat(rows("* | count by user")).containsExactly("ana|2", "|1");
    assertThat(rows("* | top user")).containsExactly("ana|2");
    assertThat(rows("user.name:nobody-here | count")).containsExactly("0");
    assertThat(rows("user.name:nobody-here | count by user")).isEmpty();
  }

  @Test
  void an_event_with_several_values_is_in_the_group_of_each_and_equal_ones_count_once() {
    var origin = Origin.live("dsf", "syslog.tcp", "192.0.2.9");
    var received = Instant.parse("2026-11-24T10:00:00Z");
    var batch = new EventBatch();
    batch.open(FrameBatch.ofTexts(origin, received, "x"), 0, 0);
    for (String value : new String[] {"5", "7", "5"}) {
      batch.addText(Fields.id("source.port"), value);
      batch.addText(Fields.id("odd.port"), value);
    }
    batch.close(Micros.of(received), Severity.NOTICE, null);
    town.store.accept(batch);
    town.store.refresh();

    for (String field : new String[] {"source.port", "odd.port"}) {
      assertThat(rows("* | count by " + field)).containsExactly("5|1", "7|1");
      assertThat(rows("* | sum %s, distinct %s, first %s".formatted(field, field, field)))
          .containsExactly("12|2|5");
    }
  }

  @Test
  void bins_begin_at_multiples_of_their_width_and_stand_in_order_of_time() {
    town.with(at("10:04:59"), at("10:05:00"), at("10:05:01"), at("10:12:00"));

    assertThat(rows("* | count by bin(5m)"))
        .containsExactly(
            "2026-11-24T10:00:00Z|1", "2026-11-24T10:05:00Z|2", "2026-11-24T10:10:00Z|1");
  }

  @Test
  void the_newest_event_of_each_value_is_found_among_all() {
    town.with(
        at("10:00:00", "user.name", "ana", "message", "old"),
        at("10:00:01", "user.name", "ana", "message", "New"),
        at("10:00:02", "user.name", "bo", "message", "only"));

    assertThat(rows("* | dedup user by newest | fields user, message"))
        .containsExactly("bo|only", "ana|New");
    assertThat(rows("* | first @timestamp, last @timestamp by user"))
        .containsExactly(
            "bo|2026-11-24T10:00:02Z|2026-11-24T10:00:02Z",
            "ana|2026-11-24T10:00:00Z|2026-11-24T10:00:01Z");
  }

  @Test
  void events_beyond_the_bound_of_groups_are_counted_and_told() {
    for (int i = 0; i < 50; i++) {
      town.with(at("10:00:%02d".formatted(i), "user.name", "u" + i));
    }
    var answer = ask("* | count by user", bounds(new Grouping.Bounds(7, 1 << 20, 100)));

    assertThat(answer.table().rows()).hasSize(7);
    assertThat(answer.partial()).containsExactly(new Partial(Partial.Kind.GROUPS, 7, 43));
    assertThat(answer.exact()).isFalse();
    assertThat(answer.told().getFirst()).contains("7 are kept").contains("43 events");
    assertThat(answer.matched()).isEqualTo(50);
  }

  @Test
  void where_memory_runs_short_counts_of_values_are_told_to_be_at_least() {
    for (int i = 0; i < 50; i++) {
      town.with(at("10:00:%02d".formatted(i), "odd.name", "value" + i, "user.name", "ana"));
    }
    var answer =
        ask("* | distinct odd.name, first odd.name", bounds(new Grouping.Bounds(9, 900, 9)));

    assertThat(answer.partial())
        .extracting(Partial::kind)
        .contains(Partial.Kind.DISTINCT, Partial.Kind.VALUES);
    long counted = ((Cell.Whole) answer.table().rows().getFirst().getFirst()).number();
    assertThat(counted).isBetween(1L, 49L);
  }

  @Test
  void percentiles_of_many_values_are_estimates_within_the_error_that_is_told() {
    var random = new Random(4);
    double[] values = new double[3_000];
    for (int i = 0; i < values.length; i += 100) {
      var lines = new Lines.Line[100];
      for (int k = 0; k < 100; k++) {
        values[i + k] = Math.round(Math.exp(random.nextGaussian() * 4) * 1000) / 1000.0;
        lines[k] = at("10:00:00", "event.duration", Cell.of(values[i + k]).text());
      }
      town.store.accept(town.lines.batch(lines));
    }
    town.store.refresh();
    Arrays.sort(values);

    var exact = ask("* | percentiles(0,50,95,100) event.duration", PipeConfig.defaults());
    var rough =
        ask(
            "* | percentiles(0,50,95,100) event.duration",
            bounds(new Grouping.Bounds(9, 1 << 20, 500)));

    assertThat(exact.exact()).isTrue();
    assertThat(rough.partial()).containsExactly(new Partial(Partial.Kind.ESTIMATED, 500, 0));
    double[] ranks = {values[0], values[1499], values[2849], values[2999]};
    for (int i = 0; i < ranks.length; i++) {
      assertThat(number(exact, i)).isEqualTo(ranks[i]);
      assertThat(Math.abs(number(rough, i) - ranks[i])).isLessThanOrEqualTo(ranks[i] * 0.004);
    }
  }

  @Test
  void what_is_read_of_whole_events_is_bounded_and_told_and_a_limit_asked_for_is_none() {
    for (int i = 0; i < 30; i++) {
      town.with(at("10:00:%02d".formatted(i), "user.name", "u" + i % 3));
    }
    var few = new PipeConfig(10, Grouping.Bounds.defaults(), 1);

    assertThat(ask("* | sort user", few).partial())
        .containsExactly(new Partial(Partial.Kind.READ, 10, 30));
    assertThat(ask("* | limit 10 | count by user", few).partial()).isEmpty();
    assertThat(ask("* | fields user | count by user", few).partial()).isEmpty();
    assertThat(ask("* | dedup user", few).table().rows()).hasSize(3);
  }

  @Test
  void a_deadline_that_came_first_is_told() {
    town.with(at("10:00:00", "user.name", "ana"));
    var hasty = new Search(town.store, town.lines, new SearchConfig(Duration.ZERO, 10));

    for (String stage : new String[] {"count by user", "fields user", "dedup user"}) {
      var answer = (Answer.Rows) hasty.ask(Town.ask("* | " + stage, Scope.national()), 10);
      assertThat(answer.partial()).as(stage).extracting(Partial::kind).contains(Partial.Kind.TIME);
      assertThat(answer.counted()).as(stage).isFalse();
    }
  }

  @Test
  void once_the_time_is_over_few_rows_go_on_and_it_is_told() {
    var rows = new ArrayList<List<Cell>>();
    for (int i = 0; i < 1_200; i++) {
      rows.add(List.of(new Cell.Text("-" + i)));
    }
    var table = new Table(List.of(Table.Column.ofField("n")), rows);
    var sort = new Pipe.Sort(List.of(new Pipe.Order(new Pipe.Name("n", 1), false)), 1);
    var cut = new ArrayList<Integer>();

    var late = Stages.apply(List.of(sort), table, Deadline.in(Duration.ZERO), cut::add);
    var whole = Stages.apply(List.of(sort), table, Deadline.in(Duration.ofHours(1)), cut::add);

    assertThat(late.rows()).hasSize(1_000);
    assertThat(late.rows().getFirst()).containsExactly(new Cell.Text("-999"));
    assertThat(whole.rows().getFirst()).containsExactly(new Cell.Text("-1199"));
    assertThat(cut).containsExactly(1_200);
  }

  @Test
  void a_table_whose_turn_does_not_come_is_refused_and_plain_searches_go_on() {
    town.with(at("10:00:00", "user.name", "ana"));
    var pipes = new PipeConfig(10, Grouping.Bounds.defaults(), 0);
    var search = new Search(town.store, town.lines, new SearchConfig(Duration.ZERO, 10, pipes));

    assertThatThrownBy(() -> search.ask(Town.ask("* | count", Scope.national()), 10))
        .isInstanceOf(Busy.class)
        .hasMessageContaining("ask again");
    assertThat(search.ask(Town.ask("*", Scope.national()), 10)).isInstanceOf(Answer.Events.class);
  }

  @Test
  void events_that_can_not_be_read_back_are_told() {
    town.with(at("10:00:00", "user.name", "ana"), at("10:00:01", "user.name", "bo"));
    EventReader torn =
        (sequence, position) ->
            town.lines
                .recall(sequence, position)
                .filter(found -> found.event().fields().containsValue("bo"));
    var search = new Search(town.store, torn, SearchConfig.defaults());

    var answer = (Answer.Rows) search.ask(Town.ask("* | fields user", Scope.national()), 10);

    assertThat(answer.table().rows()).containsExactly(List.of(new Cell.Text("bo")));
    assertThat(answer.partial()).containsExactly(new Partial(Partial.Kind.READ, 1, 2));
  }

  @Test
  void rows_are_cut_where_asked_and_how_many_there_are_is_told() {
    town.with(at("10:00:00", "user.name", "ana"), at("10:00:01", "user.name", "bo"));

    var answer = (Answer.Rows) town.search.ask(Town.ask("* | count by user", Scope.national()), 1);

    assertThat(answer.table().rows()).hasSize(1);
    assertThat(answer.total()).isEqualTo(2);
  }

  @Test
  void no_cell_of_a_file_is_a_formula_and_numbers_stay_numbers() {
    town.with(
        at("10:00:00", "user.name", "=cmd|' /C calc'!A0", "event.duration", "-2.5"),
        at("10:00:01", "user.name", "a\"b", "message", "x"));

    var table = ask("* | sum event.duration as s by user", PipeConfig.defaults()).table();
    var csv = new StringBuilder();
    Csv.write(table, csv);
    var lines = new StringBuilder();
    Json.lines(table, List.of("why"), lines);

    assertThat(csv.toString())
        .isEqualTo("\"user.name\",\"s\"\r\n\"'=cmd|' /c calc'!a0\",-2.5\r\n\"a\"\"b\",\"\"\r\n");
    assertThat(lines.toString().lines())
        .containsExactly(
            "{\"user.name\":\"=cmd|' /c calc'!a0\",\"s\":-2.5}",
            "{\"user.name\":\"a\\\"b\",\"s\":null}",
            "{\"farol.partial\":[\"why\"]}");
  }

  @Test
  void counts_over_time_are_those_of_the_events_that_stages_begin_with() {
    town.with(at("10:00:00", "user.name", "ana"), at("10:00:01", "user.name", "bo"));
    var request = Town.ask("user.name:ana | count", Scope.national());

    var bins = town.search.histogram(request, 10).bins();

    assertThat(bins.stream().mapToLong(Histogram.Bin::total).sum()).isEqualTo(1);
  }

  private List<String> rows(String query) {
    var answer = ask(query, PipeConfig.defaults());
    assertThat(answer.partial()).isEmpty();
    return answer.table().rows().stream()
        .map(row -> row.stream().map(Cell::text).collect(Collectors.joining("|")))
        .toList();
  }

  private Answer.Rows ask(String query, PipeConfig pipes) {
    var config = new SearchConfig(Duration.ofSeconds(60), 10_000, pipes);
    var search = new Search(town.store, town.lines, config);
    return (Answer.Rows) search.ask(Town.ask(query, Scope.national()), 10_000);
  }

  private static PipeConfig bounds(Grouping.Bounds bounds) {
    return new PipeConfig(10_000, bounds, 1);
  }

  private static double number(Answer.Rows answer, int i) {
    return Double.parseDouble(answer.table().rows().getFirst().get(i).text());
  }
}
