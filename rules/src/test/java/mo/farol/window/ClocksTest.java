package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventId;
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
    hit("ahead", "other", 305, 5); // believed, five minutes are
    hit("wrong", "third", 90_000, 5); // taken for five minutes ahead
    advance(6);
    hit("a", "slow", 15, 16); // in time by its own clock
    hit("a", "slow", 25, 26);
    advance(27);
    assertThat(absent()).isEmpty();
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
  void an_import_goes_by_its_own_events_and_is_judged_at_its_end() {
    for (int i = 0; i < 3; i++) {
      windows.accept(
          Detections.of(
              "agency-a", "h", "import-1", i * 20_000L, time(0), i, "one", Map.of("g", "g" + i)),
          out::add);
    }
    advance(1_000_000);
    assertThat(absent()).isEmpty();
    windows.letGo(time(0), out::add);
    windows.letGo(time(0).plus(Duration.ofHours(1)), out::add);
    assertThat(absent()).as("the last of all is not missed").containsExactly("g0", "g1");
  }
}
