package mo.farol.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.ledger.Verdict;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriageTest {
  @TempDir Path folder;

  @Test
  void a_high_alert_opens_a_speakable_case_with_what_gave_its_grade() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(SampleAlert.named("a1").raised());
      assertThat(incidents.catchUp()).isEqualTo(1);
      var incident = incidents.get("FRL-2026-0001", Desk.HARBOUR).orElseThrow();
      assertThat(incident.title()).isEqualTo("Password guessed");
      assertThat(incident.severity()).isEqualTo(Level.HIGH);
      assertThat(incident.category()).isEqualTo("intrusion-attempts");
      assertThat(incident.state()).isEqualTo(State.NEW);
      assertThat(incident.tlp()).isEqualTo("AMBER");
      assertThat(incident.gradeReason())
          .isEqualTo("severity high of the alert 'Password guessed'; 3 events; T1110.001");
      assertThat(incident.alerts()).containsExactly("a1");
      assertThat(incidents.timeline(incident.id(), Desk.HARBOUR))
          .extracting(TimelineEntry::kind)
          .containsExactly("alert", "opened");
      assertThat(incidents.timeline(incident.id(), Desk.HARBOUR).getFirst().events())
          .containsExactly(new EventId(11), new EventId(12), new EventId(13));
      assertThat(desk.alerts.get("a1", Desk.HARBOUR).orElseThrow().incident())
          .contains("FRL-2026-0001");
    }
  }

  @Test
  void the_same_alert_twice_changes_nothing() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      var alert = SampleAlert.named("a1").raised();
      desk.raise(alert);
      assertThat(incidents.catchUp()).isEqualTo(1);
      desk.raise(alert);
      assertThat(incidents.catchUp()).isZero();
      var only = Cases.all(incidents, Desk.NATIONAL);
      assertThat(only).hasSize(1);
      assertThat(incidents.timeline(only.getFirst().id(), Desk.NATIONAL)).hasSize(2);
    }
  }

  @Test
  void a_crash_between_checkpoint_and_case_loses_no_case() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").raised());
    }
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      var opened = new ArrayList<String>();
      incidents.onOpened(incident -> opened.add(incident.id()));
      incidents.catchUp();
      assertThat(opened).containsExactly("FRL-2026-0001");
    }
  }

  @Test
  void an_alert_about_the_same_address_joins_within_a_day_and_takes_earlier_milder_ones_along() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(
          SampleAlert.named("early")
              .severity(Level.MEDIUM)
              .about("source.ip", "203.0.113.7")
              .after(Duration.ofHours(-2))
              .raised());
      incidents.catchUp();
      assertThat(Cases.all(incidents, Desk.NATIONAL)).isEmpty();
      desk.raise(SampleAlert.named("a1").raised());
      desk.raise(
          SampleAlert.named("later")
              .severity(Level.LOW)
              .about("host.name", "web-1")
              .after(Duration.ofHours(20))
              .raised(),
          SampleAlert.named("next-week")
              .about("host.name", "web-1")
              .after(Duration.ofDays(5))
              .raised());
      incidents.catchUp();
      assertThat(incidents.get("FRL-2026-0001", Desk.NATIONAL).orElseThrow().alerts())
          .containsExactly("early", "a1", "later");
      assertThat(incidents.get("FRL-2026-0002", Desk.NATIONAL).orElseThrow().alerts())
          .containsExactly("next-week");
    }
  }

  @Test
  void agencies_drills_and_imports_never_share_a_case_by_themselves() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(
          SampleAlert.named("live").raised(),
          SampleAlert.named("drill").exercise().raised(),
          SampleAlert.named("import").lane("import-1").raised(),
          SampleAlert.named("theirs").agency("schools").raised());
      incidents.catchUp();
      assertThat(Cases.all(incidents, Desk.NATIONAL))
          .allSatisfy(incident -> assertThat(incident.alerts()).hasSize(1))
          .hasSize(4);
      assertThat(Cases.all(incidents, Desk.NATIONAL))
          .filteredOn(Incident::exercise)
          .singleElement()
          .satisfies(incident -> assertThat(incident.alerts()).containsExactly("drill"));
    }
  }

  @Test
  void root_on_two_hosts_is_not_one_case() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(
          SampleAlert.named("a1").about("host.name", "web-1", "user.name", "root").raised(),
          SampleAlert.named("a2").about("host.name", "db-1", "user.name", "root").raised());
      incidents.catchUp();
      assertThat(Cases.all(incidents, Desk.NATIONAL)).hasSize(2);
    }
  }

  @Test
  void a_graver_alert_raises_the_grade_and_says_so() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      desk.raise(
          SampleAlert.named("a2")
              .title("Files encrypted")
              .techniques("T1486")
              .severity(Level.CRITICAL)
              .after(Duration.ofMinutes(9))
              .raised());
      incidents.catchUp();
      var incident = incidents.get("FRL-2026-0001", Desk.NATIONAL).orElseThrow();
      assertThat(incident.severity()).isEqualTo(Level.CRITICAL);
      assertThat(incident.category()).isEqualTo("malicious-code");
      assertThat(incidents.timeline(incident.id(), Desk.NATIONAL))
          .filteredOn(e -> e.kind().equals("grade"))
          .singleElement()
          .satisfies(
              e -> assertThat(e.text()).isEqualTo("raised to critical by 'Files encrypted'"));
    }
  }

  @Test
  void an_alert_a_person_closed_first_opens_no_case() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").raised());
      desk.alerts.close(List.of("a1"), "ana", Verdict.FALSE_POSITIVE, "scanner", Desk.NATIONAL);
      var incidents = Cases.on(desk);
      incidents.catchUp();
      assertThat(Cases.all(incidents, Desk.NATIONAL)).isEmpty();
    }
  }
}
