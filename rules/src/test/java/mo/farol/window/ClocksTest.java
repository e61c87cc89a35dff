package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.match.Detection;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;

/** Whose clock event time goes by, and what comes too late for it. Times in seconds. */
class ClocksTest {
  private final List<Crossing> out = new ArrayList<>();
  private final List<LateHit> late = new ArrayList<>();
  private final Windows windows =
      Play.windows(Play.book("type: farol_absence", "rules: [one]"), Optional.empty(), late::add);
  private long sequence;

  private void hit(String host, String group, long at, long receivedAt) {
    windows.accept(
        Detections.of(
            "agency-a",
            host,
            "",
            at * 1_000,
            time(receivedAt),
            sequence++,
            "one",
            Map.of("g", group, "v", "1")),
        out::add);
  }

  private void hitOf(String sender, String host, String group, long at, long receivedAt) {
    var seen =
        Detections.of(
            "agency-a",
            host,
            "",
            at * 1_000,
            time(receivedAt),
            sequence++,
            "one",
            Map.of("g", group, "v", "1"));
    windows.accept(
        new Detection(
            seen.rule(),
            seen.level(),
            seen.techniques(),
            seen.event(),
            "",
            false,
            List.of(),
            List.of(),
            sender),
        out::add);
  }

  @Test
  void one_sender_that_invents_hosts_neither_leads_the_others_nor_pushes_them_out() {
    hitOf("tcp a", "a", "slow", 0, 100);
    for (int i = 0; i < 500; i++) {
      hitOf("tcp x", "few-" + i, "invented", 320, 320);
    }
    hitOf("tcp a", "a", "other", 220, 320);
    advance(321);
    assertThat(absent()).as("time is that of the slower sender").isEmpty();
    for (int i = 0; i < 5_000; i++) {
      hitOf("tcp x", "many-" + i, "invented", 330, 330);
    }
    advance(331);
    assertThat(absent()).isEmpty();
    hitOf("tcp a", "a", "other", 315, 340);
    advance(341);
    assertThat(absent()).containsExactly("slow");
  }

  @Test
  void one_sender_of_many_holds_nobody_back_by_inventing_hosts() {
    hitOf("tcp 0", "0", "slow", 0, 0);
    for (int i = 0; i < 20; i++) {
      hitOf("tcp " + i, "h" + i, "other-" + i, 320, 320);
    }
    for (int i = 0; i < 500; i++) {
      hitOf("tcp x", "invented-" + i, "invented", 20, 320);
    }
    advance(321);
    assertThat(absent()).contains("slow");
  }

  @Test
  void of_three_senders_the_slowest_alone_holds_nobody_back() {
    hitOf("tcp a", "a", "quiet", 0, 0);
    for (String sender : List.of("tcp a", "tcp b")) {
      hitOf(sender, sender, "of " + sender, 320, 320);
    }
    hitOf("tcp slow", "slow", "late", 5, 320);
    advance(321);
    assertThat(absent()).contains("quiet");
  }

  @Test
  void of_two_senders_the_slower_is_waited_for() {
    hitOf("tcp a", "a", "quiet", 0, 0);
    hitOf("tcp a", "a", "other", 320, 320);
    hitOf("tcp slow", "slow", "late", 5, 320);
    advance(321);
    assertThat(absent()).isEmpty();
  }

  private void advance(long now) {
    windows.advance(time(now), out::add);
  }

  private static Instant time(long seconds) {
    return Detections.START.plusSeconds(seconds);
  }

  private List<String> absent() {
    return out.stream().map(each -> String.valueOf(each.group().get("g"))).toList();
  }

  @Test
  void what_did_not_come_is_told_once_its_span_and_the_lateness_are_over_though_nothing_comes() {
    hit("a", "backup", 0, 0);
    advance(309);
    assertThat(absent()).isEmpty();
    advance(310);
    assertThat(absent()).containsExactly("backup");
    assertThat(out.getFirst().timed()).isTrue();
    assertThat(out.getFirst().firstAt()).isEqualTo(time(0));
    assertThat(out.getFirst().lastAt()).isEqualTo(time(10));
    assertThat(out.getFirst().events()).containsExactly(new EventId(0));
    advance(100_000);
    assertThat(absent()).as("once").hasSize(1);
  }

  @Test
  void it_is_told_again_once_it_came_and_stayed_away_anew() {
    hit("a", "backup", 0, 0);
    advance(400);
    hit("a", "backup", 500, 500);
    advance(900);
    assertThat(absent()).containsExactly("backup", "backup");
  }

  @Test
  void a_clock_that_is_ahead_does_not_lead_the_others() {
    hit("a", "slow", 0, 0);
    hit("a", "slow", 5, 5);
    hit("ahead", "other", 305, 5); // both stand where they came
    hit("wrong", "third", 31_536_000, 5);
    advance(6);
    hit("a", "slow", 15, 16); // in time by its own clock
    hit("a", "slow", 25, 26);
    advance(27);
    assertThat(absent()).isEmpty();
  }

  @Test
  void a_clock_that_was_a_year_ahead_for_a_second_moves_time_no_further_than_the_present() {
    hit("wrong", "third", 31_536_000, 5);
    advance(6);
    for (long now = 10; now < 300; now += 10) {
      hit("wrong", "third", now, now);
      hit("a", "slow", now - 5, now);
      advance(now);
    }
    assertThat(absent()).isEmpty();
    assertThat(late).isEmpty();
    hit("a", "slow", 290, 301);
    hit("a", "last", 590, 601);
    advance(602);
    advance(720);
    assertThat(absent()).as("time is the slower one's, which was heard last").isEmpty();
    advance(890);
    assertThat(absent()).containsExactlyInAnyOrder("slow", "third");
  }

  @Test
  void time_goes_back_with_our_own_clock_where_that_had_been_far_ahead() {
    hit("a", "one", 0, 0);
    advance(31_536_000);
    assertThat(absent()).containsExactly("one");
    hit("a", "two", 10, 10);
    advance(11);
    hit("a", "two", 19, 19);
    advance(20);
    assertThat(late).as("only what came before time was right again").hasSize(1);
    advance(300);
    assertThat(absent()).containsExactly("one");
    advance(330);
    assertThat(absent()).containsExactly("one", "two");
  }

  @Test
  void groups_touched_while_our_clock_was_far_ahead_are_let_go_in_time() {
    var counting =
        Play.windows(Play.book("type: event_count", "rules: [one]", "condition: {gte: 4}"));
    counting.advance(time(31_536_000), out::add);
    hitBy(counting, "a", 10, 10);
    counting.advance(time(31_536_001), out::add);
    hitBy(counting, "a", 11, 11);
    counting.advance(time(12), out::add);
    assertThat(counting.groups()).isEqualTo(1);
    counting.advance(time(200), out::add);
    assertThat(counting.groups()).isZero();
  }

  @Test
  void one_clock_minutes_ahead_does_not_blind_a_short_span() {
    var counting =
        Play.windows(Play.book("type: event_count", "rules: [one]", "condition: {gte: 4}"));
    hitBy(counting, "ahead", 240, 0);
    for (int second = 1; second < 4; second++) {
      hitBy(counting, "right", second, second);
    }
    assertThat(out).extracting(Crossing::count).containsExactly(4L);
  }

  @Test
  void of_hosts_whose_clocks_disagree_with_ours_the_order_is_that_of_arrival() {
    var ordered = Play.windows(Play.book("type: temporal_ordered", "rules: [one, two]"));
    ordered.accept(by("ahead", "one", 240, 0), out::add);
    ordered.accept(by("right", "two", 5, 5), out::add);
    assertThat(out).hasSize(1);
    ordered.accept(by("wrong", "two", 400_000, 100), out::add);
    ordered.accept(by("right", "one", 105, 105), out::add);
    ordered.flush(Instant.MAX, out::add);
    assertThat(out).hasSize(1);
  }

  private void hitBy(Windows counting, String host, long at, long receivedAt) {
    counting.accept(by(host, "one", at, receivedAt), out::add);
  }

  private Detection by(String host, String rule, long at, long receivedAt) {
    return Detections.of(
        "agency-a",
        host,
        "",
        at * 1_000,
        time(receivedAt),
        sequence++,
        rule,
        Map.of("g", "g", "v", "1"));
  }

  @Test
  void a_source_that_hangs_back_is_waited_for_while_it_is_heard() {
    hit("a", "g", 0, 0);
    for (long now = 0; now < 1_000; now += 60) {
      hit("a", "beat" + now, now - 600 < 0 ? 0 : now - 600, now);
      advance(now);
    }
    assertThat(absent()).as("its own time has come to 360 s").contains("g");
    assertThat(absent()).doesNotContain("beat900", "beat960");
  }

  @Test
  void a_source_that_is_heard_no_more_holds_nothing_back() {
    hit("a", "g", 0, 0);
    hit("behind", "h", -600, 0);
    advance(119);
    assertThat(absent()).as("time is the slower one's").isEmpty();
    hit("a", "k", 315, 315);
    advance(316);
    assertThat(absent()).contains("g", "h");
  }

  @Test
  void a_clock_of_another_day_holds_nothing_back_where_others_are_right() {
    hit("a", "g", 0, 0);
    for (long now = 60; now <= 360; now += 60) {
      hit("yesterday", "y", now - 86_400, now);
      hit("a", "k" + now, now, now);
      advance(now);
    }
    assertThat(absent()).contains("g");
  }

  @Test
  void what_comes_later_than_that_is_counted_and_handed_on() {
    hit("a", "backup", 0, 0);
    advance(400);
    hit("a", "backup", -5, 401);
    assertThat(late)
        .extracting(LateHit::event, LateHit::at, LateHit::group)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(new EventId(1), time(-5), Map.of("g", "backup")));
  }

  @Test
  void what_counts_what_time_told_is_told_by_time_too() {
    var chained = Play.windows(CHAINED);
    chained.accept(by("a", "one", 0, 0), out::add);
    chained.advance(time(400), out::add);
    assertThat(out).extracting(each -> each.rule().id()).containsExactly("count", "chain");
    assertThat(out).allMatch(Crossing::timed);
  }

  @Test
  void growth_that_comes_out_behind_its_event_says_so_and_so_does_what_it_makes() {
    var ordered =
        Play.windows(
            Play.book(
                "type: event_count\n  rules: [one]\n  condition: {gte: 3}\n"
                    + "---\ntitle: Chain\nid: chain\ncorrelation:\n  type: temporal_ordered",
                "rules: [two, count]",
                "group-by: [g]",
                "timespan: 1h"));
    for (String rule : List.of("one", "one", "one", "two", "one")) {
      ordered.accept(by("a", rule, 0, 0), out::add);
    }
    ordered.flush(Instant.MAX, out::add);
    assertThat(out).extracting(Crossing::count).containsExactly(3L, 4L);
    assertThat(out).noneMatch(Crossing::overdue);
    out.clear();
    ordered.accept(by("a", "one", 2, 2), out::add);
    assertThat(out.getFirst().rule().id()).isEqualTo("chain");
    assertThat(out.getFirst().overdue()).isTrue();
    assertThat(out.getFirst().timed()).isFalse();
    assertThat(out.getLast().overdue()).as("this one has a new event").isFalse();
  }

  private static final RuleBook CHAINED =
      Play.book(
          "type: farol_absence\n  rules: [one]\n"
              + "---\ntitle: Chain\nid: chain\ncorrelation:\n  type: event_count",
          "rules: [count]",
          "group-by: [g]",
          "timespan: 1h",
          "condition: {gte: 1}");

  @Test
  void an_import_goes_by_its_own_events_and_is_judged_at_its_end() {
    for (int i = 0; i < 3; i++) {
      windows.accept(
          Detections.of(
              "agency-a",
              "h",
              "import-1",
              i * 20_000L,
              time(99_000),
              i,
              "one",
              Map.of("g", "g" + i)),
          out::add);
    }
    advance(1_000_000);
    assertThat(absent()).isEmpty();
    windows.letGo(time(0), out::add);
    windows.letGo(time(0).plus(Duration.ofHours(1)), out::add);
    assertThat(absent()).as("the last of all is not missed").containsExactly("g0", "g1");
  }
}
