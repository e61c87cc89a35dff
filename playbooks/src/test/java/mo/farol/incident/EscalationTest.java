package mo.farol.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EscalationTest {
  @TempDir Path folder;

  @Test
  void a_case_of_several_agencies_belongs_to_the_committee() {
    try (var desk = Desk.open(folder)) {
      var incidents = Cases.on(desk);
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
      var incidents = Cases.on(desk);
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
}
