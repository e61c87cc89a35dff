package mo.farol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertQueueTest {
  @TempDir Path folder;

  @Test
  void an_alert_comes_back_as_it_was_saved() {
    try (var desk = Desk.open(folder)) {
      var alert = SampleAlert.named("a1").raised();
      desk.raise(alert);
      assertThat(desk.alerts.get("a1", Desk.HARBOUR).orElseThrow().alert()).isEqualTo(alert);
      assertThat(desk.alerts.book().growing()).containsExactly(alert);
    }
  }

  @Test
  void what_was_saved_since_the_last_checkpoint_is_lost_together_with_its_place() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").raised());
      desk.alerts.book().save(SampleAlert.named("a2").raised());
    }
    try (var desk = Desk.open(folder)) {
      assertThat(desk.alerts.book().next()).isEqualTo(100);
      assertThat(ids(desk, AlertFilter.all(), Desk.NATIONAL)).containsExactly("a1");
    }
  }

  @Test
  void detection_never_overwrites_what_a_person_decided() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").raised());
      desk.alerts.close(List.of("a1"), "ana", Verdict.BENIGN, "our scanner", Desk.NATIONAL);
      desk.raise(SampleAlert.named("a1").count(9).severity(Level.CRITICAL).raised());
      var row = desk.alerts.get("a1", Desk.NATIONAL).orElseThrow();
      assertThat(row.alert().count()).isEqualTo(9);
      assertThat(row.alert().severity()).isEqualTo(Level.CRITICAL);
      assertThat(row.alert().status()).isEqualTo(Alert.Status.CLOSED);
      assertThat(row.verdict()).contains(Verdict.BENIGN);
      assertThat(row.reason()).contains("our scanner");
      assertThat(row.assignee()).contains("ana");
    }
  }

  @Test
  void an_agency_sees_its_own_alerts_and_nothing_else_by_any_way() {
    try (var desk = Desk.open(folder)) {
      desk.raise(
          SampleAlert.named("ours").raised(),
          SampleAlert.named("theirs").agency("schools").raised(),
          SampleAlert.named("all").agency(Alert.NATIONAL).raised());
      assertThat(ids(desk, AlertFilter.all(), Desk.HARBOUR)).containsExactly("ours");
      assertThat(ids(desk, AlertFilter.all(), Scope.of())).isEmpty();
      assertThat(ids(desk, AlertFilter.all(), Scope.of("national", "harbour")))
          .containsExactly("ours");
      assertThat(ids(desk, AlertFilter.all(), Desk.NATIONAL)).hasSize(3);
      assertThat(desk.alerts.get("theirs", Desk.HARBOUR)).isEmpty();
      assertThat(desk.alerts.get("all", Scope.of("national"))).isEmpty();
      assertThat(desk.alerts.list(agency("schools"), Desk.HARBOUR, 10, Optional.empty()).total())
          .isZero();
      assertThat(desk.alerts.openByAgency(Desk.HARBOUR)).containsOnlyKeys("harbour");
      assertThat(desk.alerts.open(Desk.HARBOUR)).containsEntry(Level.HIGH, 1L);
    }
  }

  @Test
  void an_agency_cannot_change_what_it_cannot_see() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("theirs").agency("schools").raised());
      var theirs = List.of("theirs");
      assertThat(desk.alerts.acknowledge(theirs, "eve", Desk.HARBOUR)).isZero();
      assertThat(desk.alerts.close(theirs, "eve", Verdict.BENIGN, "x", Desk.HARBOUR)).isZero();
      assertThat(desk.alerts.get("theirs", Desk.NATIONAL).orElseThrow().alert().status())
          .isEqualTo(Alert.Status.OPEN);
      assertThat(desk.deeds.latest(10)).isEmpty();
    }
  }

  @Test
  void pages_neither_skip_nor_repeat_an_alert_while_new_ones_arrive() {
    try (var desk = Desk.open(folder)) {
      for (int i = 0; i < 7; i++) {
        desk.raise(SampleAlert.named("a" + i).after(Duration.ofMinutes(i / 2)).raised());
      }
      var first = desk.alerts.list(AlertFilter.all(), Desk.NATIONAL, 3, Optional.empty());
      desk.raise(SampleAlert.named("b").after(Duration.ofHours(1)).raised());
      var second = desk.alerts.list(AlertFilter.all(), Desk.NATIONAL, 3, first.next());
      var third = desk.alerts.list(AlertFilter.all(), Desk.NATIONAL, 3, second.next());
      var shown = new ArrayList<String>();
      List.of(first, second, third)
          .forEach(page -> page.items().forEach(row -> shown.add(row.alert().id())));
      assertThat(shown).containsExactly("a6", "a4", "a5", "a2", "a3", "a0", "a1");
      assertThat(third.next()).isEmpty();
      assertThat(third.total()).isEqualTo(8);
    }
  }

  @Test
  void a_cursor_that_we_never_gave_is_refused() {
    try (var desk = Desk.open(folder)) {
      assertThatThrownBy(
              () -> desk.alerts.list(AlertFilter.all(), Desk.NATIONAL, 3, Optional.of("1 or 1=1")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_text_of_a_filter_is_plain_text() {
    try (var desk = Desk.open(folder)) {
      desk.raise(
          SampleAlert.named("a1").title("100% CPU_load'); drop table alert; --").raised(),
          SampleAlert.named("a2").title("quiet").raised());
      assertThat(ids(desk, text("cpu_LOAD'"), Desk.NATIONAL)).containsExactly("a1");
      assertThat(ids(desk, text("%"), Desk.NATIONAL)).containsExactly("a1");
      assertThat(ids(desk, text("203.0.113.7"), Desk.NATIONAL)).hasSize(2);
      assertThat(ids(desk, text("' or '1'='1"), Desk.NATIONAL)).isEmpty();
    }
  }

  @Test
  void filters_narrow_by_severity_status_lane_and_rule() {
    try (var desk = Desk.open(folder)) {
      desk.raise(
          SampleAlert.named("low").severity(Level.LOW).raised(),
          SampleAlert.named("high").raised(),
          SampleAlert.named("old").lane("import-1").raised());
      desk.alerts.acknowledge(List.of("high"), "ana", Desk.NATIONAL);
      assertThat(ids(desk, atLeast(Level.HIGH), Desk.NATIONAL)).containsExactly("high", "old");
      assertThat(ids(desk, lane("import-1"), Desk.NATIONAL)).containsExactly("old");
      assertThat(ids(desk, lane(""), Desk.NATIONAL)).containsExactly("high", "low");
      assertThat(ids(desk, status(Alert.Status.ACKNOWLEDGED), Desk.NATIONAL))
          .containsExactly("high");
      assertThat(ids(desk, rule("another"), Desk.NATIONAL)).isEmpty();
      assertThat(ids(desk, rule("password-guessed"), Desk.NATIONAL)).hasSize(3);
    }
  }

  @Test
  void of_two_people_who_take_one_alert_one_has_it() throws Exception {
    try (var desk = Desk.open(folder);
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      desk.raise(SampleAlert.named("a1").raised());
      var ana = people.submit(() -> desk.alerts.acknowledge(List.of("a1"), "ana", Desk.NATIONAL));
      var rui = people.submit(() -> desk.alerts.acknowledge(List.of("a1"), "rui", Desk.NATIONAL));
      assertThat(ana.get() + rui.get()).isEqualTo(1);
      assertThat(desk.alerts.get("a1", Desk.NATIONAL).orElseThrow().assignee())
          .contains(ana.get() == 1 ? "ana" : "rui");
      assertThat(desk.deeds.of("a1")).hasSize(1);
    }
  }

  @Test
  void a_closed_alert_is_opened_again_without_its_verdict() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").raised());
      desk.alerts.close(List.of("a1"), "ana", Verdict.BENIGN, "our scanner", Desk.NATIONAL);
      assertThat(desk.alerts.reopen(List.of("a1", "nobody"), "rui", Desk.NATIONAL)).isEqualTo(1);
      var row = desk.alerts.get("a1", Desk.NATIONAL).orElseThrow();
      assertThat(row.alert().status()).isEqualTo(Alert.Status.OPEN);
      assertThat(row.verdict()).isEmpty();
      assertThat(desk.deeds.of("a1")).extracting(Deeds.Deed::by).containsExactly("ana", "rui");
    }
  }

  private static List<String> ids(Desk desk, AlertFilter filter, Scope scope) {
    return desk.alerts.list(filter, scope, 100, Optional.empty()).items().stream()
        .map(row -> row.alert().id())
        .toList();
  }

  private static AlertFilter text(String text) {
    return new AlertFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.of(text), Optional.empty());
  }

  private static AlertFilter agency(String agency) {
    return new AlertFilter(
        Set.of(), Optional.empty(), Optional.of(agency), Optional.empty(), Optional.empty());
  }

  private static AlertFilter atLeast(Level level) {
    return new AlertFilter(
        Set.of(), Optional.of(level), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static AlertFilter lane(String lane) {
    return new AlertFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(lane));
  }

  private static AlertFilter status(Alert.Status status) {
    return new AlertFilter(
        Set.of(status), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static AlertFilter rule(String rule) {
    return new AlertFilter(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(rule));
  }
}
