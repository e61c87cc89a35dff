package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertDeskTest {
  private final TestDesk test = new TestDesk();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void a_detection_of_level_medium_is_an_alert_and_one_of_level_low_is_not() {
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0));
    test.desk().detected(Seen.detection("odd", Level.LOW, "a", 2, 1));

    assertThat(test.alerts.values())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Level.HIGH);
              assertThat(alert.rule().id()).isEqualTo("web-shell");
              assertThat(alert.agency()).isEqualTo("a");
              assertThat(alert.events()).containsExactly(new EventId(1));
              assertThat(alert.entities()).contains(new Alert.Entity("host.name", "web-01"));
              assertThat(alert.why()).hasSize(2);
              assertThat(alert.why().getFirst()).contains("web-shell", "event 1");
              assertThat(alert.why().getLast()).contains("direct-grave");
            });
  }

  @Test
  void a_rule_that_only_serves_a_count_raises_nothing_alone() {
    test.desk().detected(Seen.detection("servant", Level.HIGH, "a", 1, 0));

    assertThat(test.alerts).isEmpty();
  }

  @Test
  void more_of_the_same_within_half_an_hour_joins_the_alert_and_later_raises_another() {
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 600));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 3, 600 + 1700));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 4, 600 + 1700 + 1900));

    assertThat(test.alerts.values()).extracting(Alert::count).containsExactly(3L, 1L);
    assertThat(test.alerts.values()).extracting(Alert::id).doesNotHaveDuplicates();
  }

  @Test
  void equal_detections_within_a_second_are_one_fact_and_all_are_counted() {
    for (int i = 0; i < 5_000; i++) {
      test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", i, 0));
    }
    test.desk().flush();

    assertThat(test.alerts.values()).singleElement().extracting(Alert::count).isEqualTo(5_000L);
  }

  @Test
  void the_first_of_a_kind_beyond_the_cap_a_second_moves_a_counter() {
    for (int i = 0; i < 150; i++) {
      test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", i, 0, "host-" + i));
    }

    assertThat(test.meters.counter("farol_alert_overflow_facts_total").count()).isEqualTo(50);
  }

  @Test
  void what_was_concluded_before_the_checkpoint_is_neither_raised_nor_counted_again() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    var before = List.copyOf(test.alerts.values());
    test.alerts.clear();

    test.restart(before, 21);
    test.desk().crossed(Seen.crossing("a", 10, 60));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    assertThat(test.alerts).isEmpty();

    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 21, 70));
    var grown = test.only("guessed-login");
    assertThat(grown.count()).isEqualTo(12);
    assertThat(before).extracting(Alert::id).contains(grown.id());
  }

  @Test
  void a_restart_remembers_the_alerts_that_stand() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 20, 65));

    test.restart(List.copyOf(test.alerts.values()), 21);
    test.desk().detected(Seen.detection("root", Level.LOW, "a", 30, 600));

    assertThat(test.only("guessed-login-then-root").count()).isEqualTo(12);
  }

  @Test
  void what_goes_on_after_people_closed_its_alert_is_another_alert_of_the_new_events() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    var first = test.only("guessing");
    test.closed.add(first.id());

    test.desk().crossed(Seen.crossing("a", 10, 62)); // nothing that was not counted
    assertThat(test.alerts).containsOnlyKeys(first.id());

    test.desk().crossed(Seen.crossing("a", 15, 64));
    test.desk().crossed(Seen.crossing("a", 16, 66));
    assertThat(test.alerts.values()).extracting(Alert::count).containsExactly(10L, 6L);
  }

  @Test
  void a_backlog_between_live_lines_is_one_alert_beside_the_live_one() {
    for (int i = 0; i < 40; i++) {
      test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", i, (i % 2) * 7200L + i));
    }
    test.desk().flush();

    assertThat(test.alerts.values()).extracting(Alert::count).containsExactlyInAnyOrder(20L, 20L);
  }

  @Test
  void imports_do_not_drive_out_the_sessions_of_live_agencies() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    for (int i = 0; i < 300; i++) {
      test.desk().detected(Seen.imported("import-" + i, 1000 + i));
    }
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 2000, 65));

    assertThat(test.only("guessed-login").count()).isEqualTo(11);
    assertThat(test.desk().sessions()).isLessThanOrEqualTo(257);
    assertThat(test.meters.counter("farol_alert_evicted_sessions_total").count()).isPositive();
  }

  @Test
  void a_session_forgets_its_facts_and_is_closed_when_long_idle() {
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0));
    assertThat(test.desk().sessions()).isEqualTo(2);

    test.clock.advance(Duration.ofMinutes(71));
    test.desk().closeIdle();

    assertThat(test.desk().sessions()).isZero();
  }

  @Test
  void a_sender_years_ahead_does_not_carry_the_session_with_it() {
    test.desk()
        .detected(
            new Detection(
                new RuleRef("web-shell", "v", "web-shell"),
                Level.HIGH,
                List.of(),
                Seen.event("a", 0, Instant.parse("2099-01-01T00:00:00Z"), Seen.START, "web-01"),
                "",
                false,
                List.of()));

    assertThat(test.only("web-shell").lastAt()).isEqualTo(Seen.START.plusSeconds(300));
  }
}
