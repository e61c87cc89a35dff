package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventId;
import mo.farol.match.FieldMap;
import mo.farol.match.Rules;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final String FAILED = "11111111-1111-4111-8111-111111111111";
  private static final String MANY = "22222222-2222-4222-8222-222222222222";
  private static final String OK = "33333333-3333-4333-8333-333333333333";
  private static final String IN = "44444444-4444-4444-8444-444444444444";

  private static final String RULES =
      """
      title: Failed
      id: 11111111-1111-4111-8111-111111111111
      name: failed
      logsource: {product: linux, service: sshd}
      detection: {s: {event.outcome: failure}, condition: s}
      ---
      title: Accepted
      id: 33333333-3333-4333-8333-333333333333
      name: accepted
      logsource: {product: linux, service: sshd}
      detection: {s: {event.outcome: success}, condition: s}
      ---
      title: Many failed
      id: 22222222-2222-4222-8222-222222222222
      name: many
      tags: [attack.t1110.001]
      level: medium
      correlation:
        type: event_count
        rules: [failed]
        group-by: [source.ip]
        timespan: 1m
        condition: {gte: 3}
      ---
      title: Guessed and in
      id: 44444444-4444-4444-8444-444444444444
      level: high
      correlation:
        type: temporal_ordered
        rules: [many, accepted]
        group-by: [source.ip]
        timespan: 5m
      """;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Crossing> out = new ArrayList<>();
  private Windows windows = windows(WindowConfig.defaults());
  private long sequence;

  private Windows windows(WindowConfig config) {
    return new Windows(Rules.book(RULES), FieldMap.standard(), config, meters);
  }

  private void failed(long millis, String address) {
    var fields = Map.of("source.ip", address, "user.name", "u" + sequence, "host.name", "web-01");
    windows.accept(Detections.at(millis, sequence++, FAILED, fields), out::add);
  }

  @Test
  void a_group_crosses_when_it_reaches_the_threshold_and_not_before() {
    failed(0, "a");
    failed(10, "a");
    failed(15, "b");
    assertThat(out).isEmpty();
    failed(20, "a");
    assertThat(out).hasSize(1);
    var crossing = out.getFirst();
    assertThat(crossing.rule().id()).isEqualTo(MANY);
    assertThat(crossing.group()).isEqualTo(Map.of("source.ip", "a"));
    assertThat(crossing.count()).isEqualTo(3);
    assertThat(crossing.techniques()).containsExactly("T1110.001");
    assertThat(crossing.firstAt()).isEqualTo(Detections.START);
    assertThat(crossing.lastAt()).isEqualTo(Detections.START.plusMillis(20));
    assertThat(crossing.events()).containsExactly(new EventId(0), new EventId(1), new EventId(3));
  }

  @Test
  void only_fields_that_all_counted_events_share_are_named() {
    failed(0, "a");
    failed(10, "a");
    failed(20, "a");
    assertThat(out.getFirst().fields()).isEqualTo(Map.of("source.ip", "a", "host.name", "web-01"));
  }

  @Test
  void a_window_slides_and_holds_both_its_ends() {
    failed(0, "a");
    failed(40_000, "a");
    failed(60_001, "a");
    assertThat(out).isEmpty();
    failed(100_000, "a");
    assertThat(out).hasSize(1);
    assertThat(out.getFirst().firstAt()).isEqualTo(Detections.START.plusMillis(40_000));
  }

  @Test
  void a_flood_is_reported_when_it_doubles_or_once_a_second_and_its_end_always() {
    for (int i = 0; i < 3_000; i++) {
      failed(i, "a");
    }
    windows.flush(Instant.MAX, out::add);
    assertThat(out.size()).isBetween(10, 20);
    assertThat(out.getLast().count()).isEqualTo(3_000);
    assertThat(out.getLast().events()).hasSize(1_000).endsWith(new EventId(2_999));
  }

  @Test
  void what_is_owed_comes_out_once_event_time_went_on() {
    failed(0, "a");
    failed(1, "a");
    failed(2, "a");
    failed(3, "a");
    assertThat(out).hasSize(1);
    windows.flush(Detections.START.plusMillis(500), out::add);
    assertThat(out).hasSize(1);
    failed(5, "a");
    windows.flush(Detections.START.plusMillis(1_500), out::add);
    assertThat(out).hasSize(2);
    assertThat(out.getLast().count()).isEqualTo(5);
    windows.flush(Detections.START.plusMillis(9_000), out::add);
    assertThat(out).hasSize(2);
  }

  @Test
  void a_late_detection_counts_where_it_belongs() {
    failed(50_000, "a");
    failed(55_000, "a");
    failed(1_000, "a");
    assertThat(out).hasSize(1);
    assertThat(out.getFirst().firstAt()).isEqualTo(Detections.START.plusMillis(1_000));
  }

  @Test
  void a_detection_later_than_the_span_is_counted_as_late_only() {
    failed(100_000, "a");
    failed(110_000, "a");
    failed(1_000, "a");
    assertThat(out).isEmpty();
    assertThat(meters.counter("farol_window_late_hits_total").count()).isEqualTo(1);
  }

  @Test
  void an_import_goes_by_its_own_times_though_they_lie_after_its_receipt() {
    for (int i = 0; i < 3; i++) {
      var fields = Map.of("source.ip", "a");
      long year = 31_536_000_000L * 20;
      windows.accept(
          Detections.in("agency-a", "import-1", year + i * 59_000L, i, FAILED, fields), out::add);
      windows.accept(
          Detections.in("agency-b", "import-1", year + i * 29_000L, i + 9, FAILED, fields),
          out::add);
    }
    assertThat(out).extracting(Crossing::agency).containsExactly("agency-b");
  }

  @Test
  void agencies_and_lanes_never_share_a_group() {
    var fields = Map.of("source.ip", "a");
    windows.accept(Detections.in("agency-a", "", 0, 0, FAILED, fields), out::add);
    windows.accept(Detections.in("agency-b", "", 1, 1, FAILED, fields), out::add);
    windows.accept(Detections.in("agency-a", "import-1", 2, 2, FAILED, fields), out::add);
    windows.accept(Detections.in("agency-a", "", 3, 3, FAILED, fields), out::add);
    assertThat(out).isEmpty();
    assertThat(windows.groups()).isEqualTo(3);
  }

  @Test
  void a_detection_without_the_group_field_is_not_counted_but_shown() {
    windows.accept(Detections.at(0, 0, FAILED, Map.of("user.name", "u")), out::add);
    assertThat(windows.groups()).isZero();
    assertThat(meters.counter("farol_window_fieldless_hits_total").count()).isEqualTo(1);
  }

  @Test
  void what_was_sent_again_is_not_counted_a_second_time() {
    failed(0, "a");
    failed(10, "a");
    var again = Map.of("source.ip", "a", "host.name", "web-01", "farol.duplicate", "true");
    windows.accept(Detections.at(10, sequence++, FAILED, again), out::add);
    windows.accept(Detections.at(20, sequence++, FAILED, again), out::add);
    assertThat(out).isEmpty();
    assertThat(meters.counter("farol_window_repeated_hits_total").count()).isEqualTo(2);
    failed(30, "a");
    assertThat(out).hasSize(1);
    assertThat(out.getFirst().count()).isEqualTo(3);
  }

  @Test
  void a_crossing_followed_by_a_success_crosses_the_rule_that_chains_them() {
    accepted(0, "a");
    failed(1_000, "a");
    failed(2_000, "a");
    failed(3_000, "a");
    assertThat(out).extracting(each -> each.rule().id()).containsExactly(MANY);
    accepted(4_000, "b");
    accepted(9_000, "a");
    assertThat(out).extracting(each -> each.rule().id()).containsExactly(MANY, IN);
    assertThat(out.getLast().events()).hasSize(4);
    assertThat(out.getLast().lastAt()).isEqualTo(Detections.START.plusMillis(9_000));
  }

  private void accepted(long millis, String address) {
    windows.accept(Detections.at(millis, sequence++, OK, Map.of("source.ip", address)), out::add);
  }

  @Test
  void groups_are_let_go_when_event_time_has_left_them() {
    failed(0, "a");
    failed(0, "b");
    assertThat(windows.groups()).isEqualTo(2);
    windows.flush(Detections.START.plusSeconds(180), out::add);
    assertThat(windows.groups()).isEqualTo(2);
    windows.flush(Detections.START.plusSeconds(181), out::add);
    assertThat(windows.groups()).isZero();
  }

  @Test
  void past_the_limit_the_group_longest_untouched_makes_room_and_is_counted() {
    windows = windows(WindowConfig.defaults().withGroups(2, 100));
    failed(0, "a");
    failed(1, "b");
    failed(2, "a");
    failed(3, "c");
    failed(4, "a");
    assertThat(out).hasSize(1);
    assertThat(meters.counter("farol_window_evicted_groups_total").count()).isEqualTo(1);
  }

  @Test
  void past_the_memory_that_hits_may_take_old_groups_make_room_and_the_rule_is_named() {
    long row = Ring.VALUE * 8L;
    long key = 16; // eleven bytes
    windows = windows(WindowConfig.defaults().withMemory(10 * (row + key)));
    for (int i = 0; i < 15; i++) {
      failed(i, "address" + i);
    }
    assertThat(windows.groups()).isEqualTo(10);
    assertThat(
            meters.counter("farol_window_bounded_total", "rule", MANY, "bound", "memory").count())
        .isEqualTo(5);
    failed(16, "address14");
    failed(17, "address14");
    assertThat(out).hasSize(1);
  }

  @Test
  void the_agency_that_holds_most_gives_way_and_the_others_keep_what_they_have() {
    windows = windows(WindowConfig.defaults().withGroups(1_000, 20));
    others_keep_what_they_have("groups");
  }

  @Test
  void the_agency_that_takes_most_memory_gives_way_and_the_others_keep_what_they_have() {
    windows = windows(WindowConfig.defaults().withMemory(60 * (Ring.VALUE * 8L + 16)));
    others_keep_what_they_have("memory");
  }

  private void others_keep_what_they_have(String bound) {
    for (int i = 0; i < 200; i++) {
      int few = i / 20 % 3; // three groups, of which one has three hits in the end
      failed("loud", i, "10.0.0." + i);
      if (i % 20 == 0 && i < 180) {
        failed("quiet", i, "few" + few);
      }
    }
    assertThat(out).extracting(Crossing::agency).containsOnly("quiet");
    assertThat(out).hasSize(3);
    double met = meters.counter("farol_window_bounded_total", "rule", MANY, "bound", bound).count();
    assertThat(met).isPositive();
  }

  private void failed(String agency, long millis, String address) {
    var fields = Map.of("source.ip", address);
    windows.accept(Detections.in(agency, "", millis, sequence++, FAILED, fields), out::add);
  }

  @Test
  void of_a_crossing_that_is_counted_itself_the_newest_events_are_kept_and_take_memory() {
    double one = heldBy(1);
    double many = heldBy(96);
    assertThat(out.getLast().rule().id()).isEqualTo(IN);
    assertThat(out.getLast().events()).hasSizeLessThan(60).endsWith(new EventId(sequence - 1));
    int row = (Ring.VALUE + 1 + 3 + 16) * 8; // with what lies beside and sixteen ids
    assertThat(many - one).isGreaterThan(95 * Ring.VALUE * 8 + 3 * row);
  }

  private double heldBy(int events) {
    var held = new SimpleMeterRegistry();
    var config = WindowConfig.defaults();
    windows = new Windows(Rules.book(RULES), FieldMap.standard(), config, held);
    for (int i = 0; i < events; i++) {
      failed(i, "a");
    }
    accepted(events, "a");
    return held.get("farol_window_bytes").gauge().value();
  }

  @Test
  void long_values_are_cut_told_apart_and_join_what_chained_rules_count() {
    String start = "x".repeat(5_000);
    for (String end : List.of("1", "2")) {
      for (int i = 0; i < 3; i++) {
        var fields = Map.of("source.ip", start + end, "host.name", start + i / 3);
        windows.accept(Detections.at(i, sequence++, FAILED, fields), out::add);
      }
    }
    accepted(5, start + "1");
    assertThat(out).extracting(each -> each.rule().id()).containsExactly(MANY, MANY, IN);
    var groups = out.stream().map(each -> each.group().get("source.ip")).toList();
    assertThat(groups.get(1)).isNotEqualTo(groups.get(0));
    assertThat(groups.get(2)).isEqualTo(groups.get(0));
    assertThat(out.getFirst().group().get("source.ip")).hasSize(233).startsWith("xxx");
    assertThat(out.getFirst().fields().get("host.name")).hasSize(233);
  }

  @Test
  void only_rules_that_a_correlation_names_are_counted() {
    assertThat(windows.counts(new RuleRef(FAILED, "", ""))).isTrue();
    assertThat(windows.counts(new RuleRef(IN, "", ""))).isFalse();
  }
}
