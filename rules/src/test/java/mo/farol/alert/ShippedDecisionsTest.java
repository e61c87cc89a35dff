package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import mo.farol.silence.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShippedDecisionsTest {
  private final TestDesk test = new TestDesk();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void the_shipped_decision_rules_compile() {
    assertThat(TestDesk.DECISIONS.faults()).isEmpty();
    assertThat(TestDesk.DECISIONS.rules())
        .extracting(RuleRef::id)
        .contains("direct-grave", "threshold", "guessed-login", "source-silent");
  }

  @Test
  void a_login_that_succeeds_after_guessing_from_the_same_address_is_an_alert_of_its_own() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 20, 65));

    var guessed = test.only("guessed-login");
    assertThat(guessed.severity()).isEqualTo(Level.HIGH);
    assertThat(guessed.techniques()).contains("T1110");
    assertThat(guessed.count()).isEqualTo(11);
    assertThat(guessed.entities())
        .contains(
            new Alert.Entity("source.ip", "198.51.100.7"),
            new Alert.Entity("host.name", "web-01"),
            new Alert.Entity("user.name", "ana"));
    assertThat(guessed.why()).anySatisfy(step -> assertThat(step).contains("gte 10 events"));
  }

  @Test
  void a_login_without_guessing_before_it_or_long_after_it_is_not() {
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 1, 0));
    test.desk().crossed(Seen.crossing("a", 10, 120));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 30, 120 + 15 * 60));

    assertThat(test.alerts.values()).extracting(a -> a.rule().id()).containsExactly("guessing");
  }

  @Test
  void agencies_imports_and_drills_do_not_mix() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "b", 20, 65));

    assertThat(test.alerts.values()).extracting(a -> a.rule().id()).containsExactly("guessing");
  }

  @Test
  void root_by_the_account_just_taken_is_critical_even_an_hour_of_silence_later() {
    test.desk().crossed(Seen.crossing("a", 10, 60));
    test.desk().detected(Seen.detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    test.desk().detected(Seen.detection("root", Level.LOW, "a", 30, 65 + 50 * 60));

    assertThat(test.only("guessed-login-then-root").severity()).isEqualTo(Level.CRITICAL);
    assertThat(test.only("guessed-login-then-root").techniques()).containsExactly("T1548.003");
  }

  @Test
  void a_quiet_source_and_a_quiet_agency_are_alerts() {
    test.desk().silent(Seen.silence("db-01", false));
    test.desk().silent(Seen.silence("web-01", true));

    assertThat(test.only("source-silent").severity()).isEqualTo(Level.MEDIUM);
    assertThat(test.only("agency-silent").severity()).isEqualTo(Level.HIGH);
  }

  @Test
  void a_broken_seal_and_damage_are_for_the_committee_each_finding_once() {
    test.desk().found(finding(Finding.Kind.SEAL, "seal after 40 events", 39));
    test.desk().found(finding(Finding.Kind.DAMAGE, "00000001.seg", 7));
    test.desk().found(finding(Finding.Kind.DAMAGE, "00000002.seg", 70));
    test.desk().found(finding(Finding.Kind.DAMAGE, "00000001.seg", 7));

    assertThat(test.alerts.values())
        .hasSize(3)
        .allSatisfy(
            alert -> {
              assertThat(alert.agency()).isEqualTo(Alert.NATIONAL);
              assertThat(alert.severity()).isEqualTo(Level.CRITICAL);
            });
    var broken = test.only("seal-broken");
    assertThat(broken.why().getFirst()).isEqualTo("found at seal after 40 events");
    assertThat(broken.entities())
        .containsExactly(new Alert.Entity("farol.finding", "seal after 40 events"));
    assertThat(test.only("journal-damaged").title()).contains("00000001.seg");
  }

  @Test
  void a_finding_is_told_though_its_events_were_watched_long_ago() {
    test.restart(List.of(), 1_000);
    test.desk().found(finding(Finding.Kind.SEAL, "seal after 40 events", 39));
    assertThat(test.alerts).hasSize(1);
  }

  private static Finding finding(Finding.Kind kind, String about, long event) {
    return new Finding(
        kind,
        about,
        "found at " + about,
        Seen.START,
        Seen.START.plusSeconds(5),
        new EventId(event));
  }

  @Test
  void one_technique_in_three_agencies_within_a_quarter_of_an_hour_is_for_the_committee() {
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "b", 2, 300));
    assertThat(test.alerts).hasSize(2);

    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "c", 3, 600));

    var campaign = test.only("campaign-technique");
    assertThat(campaign.agency()).isEqualTo(Alert.NATIONAL);
    assertThat(campaign.title()).contains("T1505", "a, b, c");
    assertThat(campaign.events()).extracting(EventId::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_campaign_takes_the_newest_alert_of_each_level_however_many_an_agency_raises() {
    for (int i = 0; i < 50; i++) {
      test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", i, i, "host-" + i));
    }
    test.desk().detected(Seen.detection("web-shell", Level.MEDIUM, "a", 60, 60, "host-60"));
    test.desk().detected(Seen.detection("web-shell", Level.MEDIUM, "b", 61, 61));
    test.desk().detected(Seen.detection("web-shell", Level.MEDIUM, "c", 62, 62));

    var campaign = test.only("campaign-technique");
    assertThat(campaign.severity()).isEqualTo(Level.HIGH);
    assertThat(campaign.events()).extracting(EventId::sequence).containsExactly(49L, 60L, 61L, 62L);
  }

  @Test
  void a_late_alert_does_not_take_the_place_of_a_newer_one_in_a_campaign() {
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 3000, "host-1"));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 0, "host-2"));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "b", 3, 3001));
    test.desk().detected(Seen.detection("web-shell", Level.HIGH, "c", 4, 3002));

    assertThat(test.only("campaign-technique").events())
        .extracting(EventId::sequence)
        .containsExactly(1L, 3L, 4L);
  }

  @Test
  void one_technique_in_three_agencies_over_a_day_is_not() {
    for (int i = 0; i < 3; i++) {
      test.desk().detected(Seen.detection("web-shell", Level.HIGH, "agency-" + i, i, i * 3600L));
    }

    assertThat(test.alerts.values()).extracting(Alert::agency).doesNotContain(Alert.NATIONAL);
  }

  @Test
  void each_way_in_which_a_source_is_not_as_usual_is_an_alert_that_gives_the_figures() {
    test.desk().silent(Seen.trouble(Trouble.Kind.PARTIAL, "postgres", false));
    test.desk().silent(Seen.trouble(Trouble.Kind.FALL, "", false));
    test.desk().silent(Seen.trouble(Trouble.Kind.SURGE, "", false));
    test.desk().silent(Seen.trouble(Trouble.Kind.DRIFT, "", false));
    assertThat(test.only("program-silent").title()).isEqualTo("postgres on db-01 has gone silent");
    assertThat(test.only("source-fell").severity()).isEqualTo(Level.MEDIUM);
    assertThat(test.only("source-fell").why().getFirst())
        .contains("20 events came in an hour, 1000 are usual at this hour of the week");
    assertThat(test.only("source-surged").severity()).isEqualTo(Level.MEDIUM);
    assertThat(test.only("source-clock-drifted").why().getFirst())
        .contains("its clock is 20 s off, it was 1000 s");
  }

  @Test
  void a_source_that_did_not_begin_on_a_day_off_is_told_with_level_low() {
    test.desk().silent(Seen.trouble(Trouble.Kind.SILENT, "", true));
    assertThat(test.only("source-day-off").severity()).isEqualTo(Level.LOW);
    assertThat(test.alerts).hasSize(1);
  }
}
