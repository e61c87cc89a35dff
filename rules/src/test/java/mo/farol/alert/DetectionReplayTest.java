package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Source;
import mo.farol.journal.EventLog;
import mo.farol.match.Rules;
import mo.farol.sigma.RuleBook;
import mo.farol.silence.Silence;
import org.junit.jupiter.api.Test;

/** What alerts say of their day, told anew beside the journal. */
class DetectionReplayTest {
  private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
  private static final RuleBook RULES =
      Rules.book(
          """
          title: Door
          id: door
          logsource: {}
          detection: {s: {ev: open}, condition: s}
          level: high
          """);

  @Test
  void a_silence_is_told_again_and_who_spoke_then_speaks_against_it() {
    var silence =
        new Silence(
            new Source("agency-a", "h1"),
            START,
            0,
            Duration.ofMinutes(10),
            START.plusSeconds(3_600),
            false);
    var book = new MemoryAlertBook();
    try (var watch =
        Feed.watch(RULES, new ManualClock(START), book, LookBack.NONE, Optional.empty())) {
      watch.silent(silence);
      watch.pulse(true);
    }
    var kept = book.alerts();
    assertThat(kept).singleElement().extracting(Alert::title).isEqualTo("h1 has gone silent");

    var quiet = List.of(block(0, START, said("h1", "x")), block(1, START.plusSeconds(7_200)));
    try (var replay = replay(kept)) {
      quiet.forEach(each -> replay.take(each, 99));
      assertThat(ids(replay.end(START.plusSeconds(7_200)))).isEqualTo(ids(kept));
      assertThat(replay.contradicted()).isEmpty();
    }
    var loud = new ArrayList<>(quiet);
    loud.set(1, block(1, START.plusSeconds(1_800), said("h2", "x"), said("h1", "x")));
    try (var replay = replay(kept)) {
      loud.forEach(each -> replay.take(each, 99));
      replay.end(START.plusSeconds(7_200));
      assertThat(replay.contradicted().values())
          .extracting(DetectionReplay.Contradiction::alert, DetectionReplay.Contradiction::event)
          .containsExactly(org.assertj.core.api.Assertions.tuple(kept.getFirst().id(), 2L));
    }
  }

  @Test
  void a_frame_that_was_read_again_is_told_in_its_lane_and_not_when_it_came() {
    var blocks =
        List.of(
            block(0, START, said("h1", "open"), said("h2", "open")),
            block(2, START.plusSeconds(9), said("h3", "open")));
    var kept = alertsOf(blocks, 1);
    assertThat(kept).extracting(Alert::lane).containsExactlyInAnyOrder("", "again", "");
    try (var replay = replay(kept)) {
      blocks.forEach(each -> replay.take(each, 99));
      replay.again(blocks.getFirst(), 1, "again");
      assertThat(ids(replay.end(START.plusSeconds(60)))).isEqualTo(ids(kept));
    }
  }

  @Test
  void events_that_the_ledger_did_not_come_to_are_not_read() {
    var blocks = List.of(block(0, START, said("h1", "open"), said("h2", "open")));
    try (var replay = replay(List.of())) {
      replay.take(blocks.getFirst(), 1);
      assertThat(replay.end(START)).hasSize(1);
    }
  }

  @Test
  void a_decision_rule_that_costs_too_much_on_the_way_is_named() {
    var costly =
        DecisionBook.compile(
            Map.of(
                "costly.drl",
                """
                package decide.costly;
                import mo.farol.alert.DetectionFact;
                global mo.farol.alert.Desk desk;
                rule "costly" when
                  $a : DetectionFact()
                  $b : DetectionFact(this != $a)
                  $c : DetectionFact(this != $a, this != $b)
                then
                  desk.alert(drools).group("all").because($a).raise();
                end
                """));
    var texts = new String[200];
    Arrays.setAll(texts, i -> said("h" + i, "open"));
    try (var replay =
        new DetectionReplay(Feed.set(RULES), costly, Map.of(), new Recalled(List.of(), "again"))) {
      assertThat(replay.takenOut()).isEmpty();
      replay.take(block(0, START, texts), 999);
      replay.end(START.plusSeconds(60));
      assertThat(replay.takenOut())
          .singleElement()
          .satisfies(fault -> assertThat(fault.toString()).contains("'costly'", "taken out"));
    }
  }

  @Test
  void what_the_last_events_raise_is_raised_when_they_came_and_not_when_time_went_on() {
    var several =
        DecisionBook.compile(
            Map.of(
                "several.drl",
                """
                package decide.several;
                import mo.farol.alert.DetectionFact;
                global mo.farol.alert.Desk desk;
                rule "several" when
                  $a : DetectionFact(count > 1)
                then
                  desk.alert(drools).group("all").because($a).raise();
                end
                """));
    var last = START.plusSeconds(1);
    String open = said("h1", "open");
    for (var until : List.of(START, last, START.plusSeconds(60), START.plusSeconds(7_200))) {
      try (var replay =
          new DetectionReplay(
              Feed.set(RULES), several, Map.of(), new Recalled(List.of(), "again"))) {
        replay.take(block(0, START, said("h1", "x")), 99);
        replay.take(block(1, last, open, open, open), 99);
        assertThat(replay.end(until))
            .as("time went on to %s", until)
            .extracting(Alert::raisedAt)
            .containsExactly(last);
      }
    }
  }

  // As a centre where one frame could not be read at first.
  private static List<Alert> alertsOf(List<EventLog.Block> blocks, long unread) {
    var origin = new Origin("agency-a", "in", "peer", "again", false, "", 2026, "UTC");
    var lane =
        Alert.of("none", "agency-a", new mo.farol.sigma.RuleRef("", "", ""))
            .at(START, START, START)
            .events(1, List.of(new mo.farol.event.EventId(unread)))
            .lane(origin.lane(), false)
            .build();
    try (var replay = replay(List.of(lane))) {
      blocks.forEach(each -> replay.take(each, 99));
      replay.again(blocks.getFirst(), unread, origin.lane());
      return replay.end(START.plusSeconds(60));
    }
  }

  private static DetectionReplay replay(List<Alert> kept) {
    return new DetectionReplay(
        Feed.set(RULES), Feed.DECISIONS, Map.of(), new Recalled(kept, "again"));
  }

  private static List<String> ids(List<Alert> alerts) {
    return alerts.stream().map(Alert::id).sorted().toList();
  }

  private static String said(String host, String what) {
    return "{\"@timestamp\":\"%s\",\"host\":{\"name\":\"%s\"},\"ev\":\"%s\"}"
        .formatted(START, host, what);
  }

  private static EventLog.Block block(long first, Instant receivedAt, String... texts) {
    var origin = new Origin("agency-a", "in", "peer", "", false, "", 2026, "UTC");
    return new EventLog.Block(first, first, FrameBatch.ofTexts(origin, receivedAt, texts));
  }
}
