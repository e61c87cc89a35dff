package mo.farol.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {
  @TempDir Path folder;

  @Test
  void another_agency_sees_no_case_by_any_way() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
      desk.raise(SampleAlert.named("a1").raised());
      incidents.catchUp();
      String id = "FRL-2026-0001";
      assertThat(incidents.get(id, Desk.SCHOOLS)).isEmpty();
      assertThat(incidents.timeline(id, Desk.SCHOOLS)).isEmpty();
      assertThat(Cases.all(incidents, Desk.SCHOOLS)).isEmpty();
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
  void numbers_begin_anew_each_year_and_go_past_9999() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
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
      var incidents = Cases.on(desk);
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
}
