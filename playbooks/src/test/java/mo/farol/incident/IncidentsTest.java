package mo.farol.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.ledger.Verdict;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {
  @TempDir Path folder;

  @Test
  void a_high_alert_opens_a_speakable_case_with_what_gave_its_grade() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
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
      var incidents = incidents(desk);
      var alert = SampleAlert.named("a1").raised();
      desk.raise(alert);
      assertThat(incidents.catchUp()).isEqualTo(1);
      desk.raise(alert);
      assertThat(incidents.catchUp()).isZero();
      var only = all(incidents, Desk.NATIONAL);
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
      var incidents = incidents(desk);
      var opened = new ArrayList<String>();
      incidents.onOpened(incident -> opened.add(incident.id()));
      incidents.catchUp();
      assertThat(opened).containsExactly("FRL-2026-0001");
    }
  }

  @Test
  void an_alert_about_the_same_address_joins_within_a_day_and_takes_earlier_milder_ones_along() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(
          SampleAlert.named("early")
              .severity(Level.MEDIUM)
              .about("source.ip", "203.0.113.7")
              .after(Duration.ofHours(-2))
              .raised());
      incidents.catchUp();
      assertThat(all(incidents, Desk.NATIONAL)).isEmpty();
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
      var incidents = incidents(desk);
      desk.raise(
          SampleAlert.named("live").raised(),
          SampleAlert.named("drill").exercise().raised(),
          SampleAlert.named("import").lane("import-1").raised(),
          SampleAlert.named("theirs").agency("schools").raised());
      incidents.catchUp();
      assertThat(all(incidents, Desk.NATIONAL))
          .allSatisfy(incident -> assertThat(incident.alerts()).hasSize(1))
          .hasSize(4);
      assertThat(all(incidents, Desk.NATIONAL))
          .filteredOn(Incident::exercise)
          .singleElement()
          .satisfies(incident -> assertThat(incident.alerts()).containsExactly("drill"));
    }
  }

  @Test
  void root_on_two_hosts_is_not_one_case() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(
          SampleAlert.named("a1").about("host.name", "web-1", "user.name", "root").raised(),
          SampleAlert.named("a2").about("host.name", "db-1", "user.name", "root").raised());
      incidents.catchUp();
      assertThat(all(incidents, Desk.NATIONAL)).hasSize(2);
    }
  }

  @Test
  void a_graver_alert_raises_the_grade_and_says_so() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
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
      var incidents = incidents(desk);
      incidents.catchUp();
      assertThat(all(incidents, Desk.NATIONAL)).isEmpty();
    }
  }

  @Test
  void another_agency_sees_no_case_by_any_way() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      assertThat(incidents.get(id, Desk.SCHOOLS)).isEmpty();
      assertThat(incidents.timeline(id, Desk.SCHOOLS)).isEmpty();
      assertThat(all(incidents, Desk.SCHOOLS)).isEmpty();
      assertThat(incidents.escalate(List.of("a1"), Optional.empty(), "eve", Desk.SCHOOLS))
          .isEmpty();
      assertThatThrownBy(() -> incidents.assign(id, "eve", "eve", Desk.SCHOOLS))
          .isInstanceOf(Conflict.class);
      assertThatThrownBy(() -> incidents.note(id, "hello", List.of(), "eve", Desk.SCHOOLS))
          .isInstanceOf(Conflict.class);
      assertThat(incidents.get(id, Desk.HARBOUR).orElseThrow().owner()).isEmpty();
    }
  }

  @Test
  void a_case_of_several_agencies_belongs_to_the_committee() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(
          SampleAlert.named("a1").severity(Level.LOW).raised(),
          SampleAlert.named("b1").severity(Level.MEDIUM).agency("schools").raised());
      var both = List.of("a1", "b1");
      assertThatThrownBy(
              () ->
                  incidents.escalate(both, Optional.empty(), "ana", Scope.of("harbour", "schools")))
          .isInstanceOf(Conflict.class);
      var made = incidents.escalate(both, Optional.empty(), "chief", Desk.NATIONAL).orElseThrow();
      assertThat(made.agency()).isEqualTo(Alert.NATIONAL);
      assertThat(made.severity()).isEqualTo(Level.MEDIUM);
      assertThat(made.alerts()).containsExactly("a1", "b1");
      assertThat(incidents.get(made.id(), Desk.HARBOUR)).isEmpty();
    }
  }

  @Test
  void an_alert_is_added_by_hand_only_where_it_belongs() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(
          SampleAlert.named("a1").raised(),
          SampleAlert.named("more").severity(Level.LOW).about("host.name", "db-9").raised(),
          SampleAlert.named("theirs").severity(Level.LOW).agency("schools").raised(),
          SampleAlert.named("drill").severity(Level.LOW).exercise().raised());
      incidents.catchUp();
      var id = Optional.of("FRL-2026-0001");
      var grown = incidents.escalate(List.of("more"), id, "ana", Desk.NATIONAL).orElseThrow();
      assertThat(grown.alerts()).containsExactlyInAnyOrder("a1", "more");
      assertThatThrownBy(() -> incidents.escalate(List.of("theirs"), id, "ana", Desk.NATIONAL))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("belongs to schools");
      assertThatThrownBy(() -> incidents.escalate(List.of("drill"), id, "ana", Desk.NATIONAL))
          .isInstanceOf(Conflict.class);
      var again = incidents.escalate(List.of("a1"), Optional.empty(), "ana", Desk.NATIONAL);
      assertThat(again.orElseThrow().id()).isEqualTo("FRL-2026-0001");
    }
  }

  @Test
  void of_two_people_who_changed_the_same_version_the_second_is_told() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      var seen = OptionalLong.of(incidents.get(id, Desk.NATIONAL).orElseThrow().version());
      incidents.moveTo(id, State.TRIAGE, seen, "ana", Desk.NATIONAL);
      assertThatThrownBy(() -> incidents.assign(id, "rui", seen, "rui", Desk.NATIONAL))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("look again");
      assertThat(incidents.get(id, Desk.NATIONAL).orElseThrow().owner()).isEmpty();
    }
  }

  @Test
  void a_growing_alert_is_no_conflict_for_the_person_who_edits() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      var seen = OptionalLong.of(incidents.get(id, Desk.NATIONAL).orElseThrow().version());
      desk.raise(SampleAlert.named("a1").count(40).raised());
      incidents.catchUp();
      assertThat(incidents.assign(id, "rui", seen, "ana", Desk.NATIONAL).owner()).contains("rui");
    }
  }

  @Test
  void every_change_is_told_in_the_timeline_and_among_the_deeds() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      desk.clock.pass(Duration.ofMinutes(1));
      incidents.assign(id, "rui", "ana", Desk.NATIONAL);
      incidents.moveTo(id, State.CONTAINED, "rui", Desk.NATIONAL);
      incidents.regrade(id, Level.CRITICAL, "the portal is down", "rui", Desk.NATIONAL);
      incidents.mark(id, "RED", "rui", Desk.NATIONAL);
      incidents.classify(id, "intrusions", "rui", Desk.NATIONAL);
      incidents.note(id, "seen on the proxy too", List.of(new EventId(12)), "rui", Desk.NATIONAL);
      assertThat(incidents.timeline(id, Desk.NATIONAL).stream().skip(2))
          .extracting(TimelineEntry::text)
          .containsExactly(
              "rui leads the case",
              "new → contained",
              "high → critical: the portal is down",
              "TLP:AMBER → TLP:RED",
              "intrusion-attempts → intrusions",
              "seen on the proxy too");
      assertThat(desk.deeds.of(id))
          .extracting(Deeds.Deed::what)
          .containsExactly(
              "incident.opened",
              "incident.joined",
              "incident.assigned",
              "incident.moved",
              "incident.graded",
              "incident.marked",
              "incident.classified",
              "incident.noted");
      assertThat(desk.deeds.firstBroken()).isEmpty();
    }
  }

  @Test
  void numbers_begin_anew_each_year_and_go_past_9999() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      desk.ledger.change(
          h -> {
            h.execute("delete from timeline");
            h.execute("delete from incident_entity");
            h.execute("update incident set id = 'FRL-2026-9999', state = 'CLOSED'");
          });
      desk.raise(SampleAlert.named("a2").raised());
      incidents.catchUp();
      assertThat(incidents.get("FRL-2026-10000", Desk.NATIONAL)).isPresent();
      incidents.moveTo("FRL-2026-10000", State.CLOSED, "ana", Desk.NATIONAL);
      desk.clock.pass(Duration.ofDays(60));
      desk.raise(SampleAlert.named("a3").raised());
      incidents.catchUp();
      assertThat(incidents.get("FRL-2027-0001", Desk.NATIONAL)).isPresent();
    }
  }

  @Test
  void a_list_is_narrowed_by_state_severity_owner_and_text() {
    try (var desk = Desk.open(folder)) {
      var incidents = incidents(desk);
      desk.raise(
          SampleAlert.named("a1").about("host.name", "a").raised(),
          SampleAlert.named("a2").title("Files encrypted").about("host.name", "b").raised());
      incidents.catchUp();
      incidents.assign("FRL-2026-0002", "rui", "rui", Desk.NATIONAL);
      incidents.moveTo("FRL-2026-0001", State.CLOSED, "ana", Desk.NATIONAL);
      assertThat(incidents.list(true, Desk.NATIONAL, 10, Optional.empty()).items())
          .extracting(Incident::id)
          .containsExactly("FRL-2026-0002");
      var mine =
          new IncidentFilter(
              Set.of(),
              Optional.of(Level.HIGH),
              Optional.empty(),
              Optional.of("rui"),
              Optional.of("ENCRYPTED"));
      assertThat(incidents.list(mine, Desk.NATIONAL, 10, Optional.empty()).total()).isEqualTo(1);
      var first = incidents.list(false, Desk.NATIONAL, 1, Optional.empty());
      assertThat(first.total()).isEqualTo(2);
      assertThat(incidents.list(false, Desk.NATIONAL, 1, first.next()).items())
          .doesNotContainAnyElementsOf(first.items())
          .hasSize(1);
    }
  }

  private static Incidents incidents(Desk desk) {
    return new Incidents(
        desk.ledger, desk.deeds, desk.alerts, desk.clock, IncidentPolicy.reference());
  }

  private static List<Incident> all(Incidents incidents, Scope scope) {
    return incidents.list(false, scope, 100, Optional.empty()).items();
  }
}
