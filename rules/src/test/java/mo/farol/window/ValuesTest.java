package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that a sender chose so that they might be taken for one another, or for numbers. */
class ValuesTest {
  private final List<Crossing> out = new ArrayList<>();
  private long sequence;

  private void hit(Windows windows, String value) {
    windows.accept(
        Detections.at(sequence, sequence++, "one", Map.of("g", "g", "v", value)), out::add);
  }

  @Test
  void long_values_that_begin_alike_and_have_one_hash_code_are_two() {
    var windows =
        Play.windows(
            Play.book("type: value_count", "rules: [one]", "condition: {gte: 2, field: v}"));
    String start = "x".repeat(500);
    assertThat((start + "Aa").hashCode()).isEqualTo((start + "BB").hashCode());
    hit(windows, start + "Aa");
    hit(windows, start + "Aa");
    assertThat(out).isEmpty();
    hit(windows, start + "BB");
    assertThat(out).hasSize(1);
  }

  @Test
  void groups_whose_long_keys_begin_alike_are_two() {
    var windows =
        Play.windows(Play.book("type: event_count", "rules: [one]", "condition: {gte: 2}"));
    for (String end : List.of("Aa", "BB")) {
      var fields = Map.of("g", "x".repeat(300) + end);
      windows.accept(Detections.at(0, sequence++, "one", fields), out::add);
    }
    assertThat(windows.groups()).isEqualTo(2);
    assertThat(out).isEmpty();
  }

  @Test
  void decimals_add_up_as_people_reckon() {
    var windows =
        Play.windows(
            Play.book("type: value_sum", "rules: [one]", "condition: {eq: 0.3, field: v}"));
    hit(windows, "0.1");
    hit(windows, "0.2");
    assertThat(out).hasSize(1);
  }

  @Test
  void whole_numbers_of_any_size_that_fields_have_add_up() {
    var windows =
        Play.windows(
            Play.book(
                "type: value_sum", "rules: [one]", "condition: {gt: 9000000000000, field: v}"));
    hit(windows, "4500000000000");
    hit(windows, "4500000000000");
    assertThat(out).isEmpty();
    hit(windows, "1");
    assertThat(out).extracting(Crossing::value).containsExactly(9_000_000_000_001.0);
  }

  @Test
  void what_is_no_number_is_not_added_up() {
    var windows =
        Play.windows(Play.book("type: value_avg", "rules: [one]", "condition: {gte: 1, field: v}"));
    for (String text : List.of("", "ten", "1, 2", "NaN", "Infinity", "0x10", "1d", "1e999", "-")) {
      hit(windows, text);
    }
    assertThat(out).isEmpty();
    hit(windows, "1e0");
    assertThat(out).hasSize(1);
  }

  @Test
  void an_import_with_more_windows_than_a_group_has_room_for_judges_them_all() {
    var windows =
        Play.narrow(Play.book("type: event_count", "rules: [one]", "condition: {lt: 3}"), 64);
    for (int i = 0; i < 300; i++) {
      var fields = Map.of("g", "g", "v", "v");
      windows.accept(Detections.in("agency-a", "import-1", i * 8_000L, i, "one", fields), out::add);
    }
    windows.end(out::add);
    assertThat(out).as("two hits a window, but for the last").hasSize(149);
    assertThat(out).allMatch(each -> each.count() == 2 && !each.partial());
  }

  @Test
  void a_flood_of_one_group_keeps_its_count_and_a_flood_of_values_says_it_is_a_lower_bound() {
    var count =
        Play.windows(Play.book("type: event_count", "rules: [one]", "condition: {gte: 9000}"));
    for (int i = 0; i < 9_000; i++) {
      hit(count, "v");
    }
    assertThat(out).extracting(Crossing::count).containsExactly(9_000L);
    assertThat(out.getFirst().partial()).isFalse();
    out.clear();
    sequence = 0;
    var values =
        Play.windows(
            Play.book("type: value_count", "rules: [one]", "condition: {gte: 3000, field: v}"));
    for (int i = 0; i < 9_000; i++) {
      hit(values, "v" + i);
    }
    values.flush(Instant.MAX, out::add);
    assertThat(out.getFirst().partial()).isFalse();
    assertThat(out.getLast().partial()).isTrue();
  }

  @Test
  void what_was_merged_is_counted_beside_the_events_of_a_crossing() {
    var windows =
        Play.narrow(
            Play.book(
                "type: event_count\n  rules: [two]\n  condition: {gte: 2}\n"
                    + "---\ntitle: Chain\nid: chain\ncorrelation:\n  type: event_count",
                "rules: [one, count]",
                "group-by: [g]",
                "timespan: 1h",
                "condition: {gte: 200}"),
            64);
    for (int i = 0; i < 201; i++) {
      var fields = Map.of("g", "g", "v", "v");
      windows.accept(Detections.at(i, i, i < 199 ? "one" : "two", fields), out::add);
    }
    assertThat(out.getLast().rule().id()).isEqualTo("chain");
    assertThat(out.getLast().value()).isEqualTo(200);
    assertThat(out.getLast().count()).as("199, and two of the crossing").isEqualTo(201);
  }
}
