package mo.farol.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import mo.farol.event.EventId;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseWorkTest {
  @TempDir Path folder;

  @Test
  void of_two_people_who_changed_the_same_version_the_second_is_told() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      var seen = OptionalLong.of(incidents.get(id, Desk.NATIONAL).orElseThrow().version());
      incidents.change(id, seen, new CaseChange.Move(State.TRIAGE), "ana", Desk.NATIONAL);
      assertThatThrownBy(
              () -> incidents.change(id, seen, new CaseChange.Assign("rui"), "rui", Desk.NATIONAL))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("look again");
      assertThat(incidents.get(id, Desk.NATIONAL).orElseThrow().owner()).isEmpty();
    }
  }

  @Test
  void a_growing_alert_is_no_conflict_for_the_person_who_edits() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      var seen = OptionalLong.of(incidents.get(id, Desk.NATIONAL).orElseThrow().version());
      desk.raise(SampleAlert.named("a1").count(40).raised());
      incidents.catchUp();
      assertThat(
              incidents
                  .change(id, seen, new CaseChange.Assign("rui"), "ana", Desk.NATIONAL)
                  .owner())
          .contains("rui");
    }
  }

  @Test
  void every_change_is_told_in_the_timeline_and_among_the_deeds() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      desk.clock.pass(Duration.ofMinutes(1));
      var any = OptionalLong.empty();
      incidents.assign(id, "rui", "ana", Desk.NATIONAL);
      incidents.moveTo(id, State.CONTAINED, "rui", Desk.NATIONAL);
      incidents.regrade(id, Level.CRITICAL, "the portal is down", "rui", Desk.NATIONAL);
      incidents.change(id, any, new CaseChange.Mark("RED"), "rui", Desk.NATIONAL);
      incidents.change(id, any, new CaseChange.Classify("intrusions"), "rui", Desk.NATIONAL);
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
}
