package mo.farol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import mo.farol.alert.Alert;
import mo.farol.alert.Suppression;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionRulesTest {
  @TempDir Path folder;

  @Test
  void an_exception_ends_is_a_deed_and_survives_a_restart() {
    try (var desk = Desk.open(folder)) {
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var kept = covers.add(exception(desk, "harbour"), "ana", Desk.NATIONAL);
      var again = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      assertThat(again.list(Suppression.Kind.EXCEPTION, Desk.HARBOUR)).containsExactly(kept);
      assertThat(again.list(Suppression.Kind.EXCEPTION, Desk.SCHOOLS)).isEmpty();
      assertThat(kept.isInForce(desk.clock.instant())).isTrue();
      assertThat(kept.isInForce(kept.until())).isFalse();

      assertThat(again.end(kept.id(), "rui", Desk.SCHOOLS)).isFalse();
      assertThat(again.end(kept.id(), "ana", Desk.HARBOUR)).isTrue();
      assertThat(again.end(kept.id(), "ana", Desk.HARBOUR)).isFalse();
      assertThat(desk.deeds.latest(5))
          .extracting(Deeds.Deed::what)
          .containsSubsequence("exception.ended", "exception.added");
    }
  }

  @Test
  void one_that_hides_everything_has_no_end_no_reason_or_another_agency_is_refused() {
    try (var desk = Desk.open(folder)) {
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var now = desk.clock.instant();
      var week = now.plus(Duration.ofDays(7));
      for (var wrong :
          List.of(
              cover(now, "harbour", "*", "", week, "r"),
              cover(now, "harbour", "x", "", now, "r"),
              cover(now, "harbour", "x", "", now.plus(Duration.ofDays(400)), "r"),
              cover(now, "harbour", "x", "", week, " "),
              cover(now, "*", "x", "", week, "r"),
              cover(now, "schools", "x", "", week, "r"),
              cover(now, "harbour", "x", "whenever", week, "r"))) {
        assertThatThrownBy(() -> covers.add(wrong, "fei", Desk.HARBOUR))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(covers.list(Suppression.Kind.EXCEPTION, Desk.NATIONAL)).isEmpty();
    }
  }

  @Test
  void a_preview_counts_what_would_have_been_hidden_within_the_scope() {
    try (var desk = Desk.open(folder)) {
      desk.raise(
          SampleAlert.named("a1").raised(),
          SampleAlert.named("a2").severity(Level.CRITICAL).raised(),
          SampleAlert.named("a3").about("host.name", "db-1").raised(),
          SampleAlert.named("b1").agency("schools").raised());
      desk.alerts.close(List.of("a1"), "ana", Verdict.TRUE_POSITIVE, "real", Desk.NATIONAL);
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var back = Duration.ofDays(30);

      var seen = covers.preview(exception(desk, "*"), Desk.HARBOUR, back);
      assertThat(seen.hidden()).isEqualTo(2);
      assertThat(seen.of()).isEqualTo(3);
      assertThat(seen.critical()).isEqualTo(1);
      assertThat(seen.real()).isEqualTo(1);
      assertThat(seen.newest())
          .extracting(r -> r.alert().id())
          .containsExactlyInAnyOrder("a1", "a2");
      assertThat(covers.preview(exception(desk, "*"), Desk.NATIONAL, back).hidden()).isEqualTo(3);
      assertThat(covers.preview(exception(desk, "*"), Desk.NATIONAL, Duration.ZERO).of()).isZero();
    }
  }

  @Test
  void what_was_hidden_waits_for_nobody_is_counted_for_its_cover_and_can_be_opened() {
    try (var desk = Desk.open(folder)) {
      var plain = SampleAlert.named("a1").raised();
      desk.raise(hidden(plain, "EXCEPTION:7"));
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);

      assertThat(desk.alerts.open(Desk.NATIONAL).get(Level.HIGH)).isZero();
      assertThat(covers.hidden(Desk.HARBOUR))
          .hasEntrySatisfying(
              "EXCEPTION:7",
              hidden -> {
                assertThat(hidden.alerts()).isEqualTo(1);
                assertThat(hidden.events()).isEqualTo(3);
              });
      assertThat(covers.hidden(Desk.SCHOOLS)).isEmpty();
      var suppressed =
          new AlertFilter(
              Set.of(Alert.Status.SUPPRESSED),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      assertThat(desk.alerts.list(suppressed, Desk.HARBOUR, 10, Optional.empty()).total())
          .isEqualTo(1);
      assertThat(desk.alerts.reopen(List.of("a1"), "ana", Desk.HARBOUR)).isEqualTo(1);
      assertThat(desk.alerts.open(Desk.NATIONAL).get(Level.HIGH)).isEqualTo(1);
    }
  }

  @Test
  void precision_is_drawn_to_a_half_while_few_were_judged_and_knows_scopes() {
    try (var desk = Desk.open(folder)) {
      desk.raise(
          SampleAlert.named("a1").raised(),
          SampleAlert.named("a2").raised(),
          SampleAlert.named("b1").agency("schools").raised());
      var precision = desk.alerts.precision();
      assertThat(precision.smoothed("harbour", "password-guessed")).isEqualTo(0.5);
      desk.alerts.close(List.of("a1", "b1"), "ana", Verdict.FALSE_POSITIVE, "ours", Desk.NATIONAL);
      desk.alerts.close(List.of("a2"), "ana", Verdict.TRUE_POSITIVE, "real", Desk.NATIONAL);

      assertThat(precision.smoothed("harbour", "password-guessed"))
          .isEqualTo((2.0 / 4 + 1.0 / 3) / 2);
      var ours = precision.of("password-guessed", Desk.HARBOUR);
      assertThat(ours.right()).isEqualTo(1);
      assertThat(ours.judged()).isEqualTo(2);
      assertThat(precision.list(Scope.national())).hasSize(1);
      desk.alerts.reopen(List.of("a1"), "ana", Desk.NATIONAL);
      assertThat(precision.smoothed("harbour", "password-guessed"))
          .isEqualTo((2.0 / 3 + 1.0 / 3) / 2);
    }
  }

  @Test
  void what_one_agency_judges_weighs_once_for_others_and_fully_for_itself() {
    try (var desk = Desk.open(folder)) {
      var ids = IntStream.range(0, 40).mapToObj(i -> "b" + i).toList();
      ids.forEach(id -> desk.raise(SampleAlert.named(id).agency("schools").raised()));
      desk.alerts.close(ids, "sam", Verdict.FALSE_POSITIVE, "ours", Desk.SCHOOLS);

      var precision = desk.alerts.precision();
      assertThat(precision.smoothed("schools", "password-guessed")).isEqualTo(1.0 / 42);
      assertThat(precision.smoothed("harbour", "password-guessed")).isEqualTo((1.0 / 42 + 0.5) / 2);
      assertThat(precision.smoothed("harbour", "another")).isEqualTo(0.5);
    }
  }

  @Test
  void however_many_one_agency_makes_and_ends_those_of_others_hold() {
    try (var desk = Desk.open(folder)) {
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var first = covers.add(exception(desk, "harbour"), "ana", Desk.NATIONAL);
      var open = new ArrayDeque<SuppressionRule>();
      for (int i = 0; i < SuppressionRules.OPEN; i++) {
        open.add(covers.add(exception(desk, "schools"), "sam", Desk.SCHOOLS));
      }
      assertThatThrownBy(() -> covers.add(exception(desk, "schools"), "sam", Desk.SCHOOLS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("end some");
      for (int i = 0; i < 2 * SuppressionRules.OPEN; i++) {
        assertThat(covers.end(open.remove().id(), "sam", Desk.SCHOOLS)).isTrue();
        open.add(covers.add(exception(desk, "schools"), "sam", Desk.SCHOOLS));
      }
      var again = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      for (var asked : List.of(covers, again)) {
        assertThat(of(asked, "harbour", desk.clock.instant())).contains(first);
        assertThat(of(asked, "schools", desk.clock.instant())).isPresent();
        assertThat(of(asked, "health", desk.clock.instant())).isEmpty();
      }
    }
  }

  @Test
  void one_that_is_over_is_asked_for_a_day_about_events_of_its_time_and_then_no_more() {
    try (var desk = Desk.open(folder)) {
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var made = covers.add(exception(desk, "harbour"), "ana", Desk.HARBOUR);
      var within = desk.clock.instant();
      desk.clock.pass(Duration.ofDays(7));
      assertThat(of(covers, "harbour", within)).contains(made);
      assertThat(of(covers, "harbour", desk.clock.instant())).isEmpty();

      desk.clock.pass(Duration.ofDays(1));
      assertThat(of(covers, "harbour", within)).isEmpty();
      var again = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      assertThat(of(again, "harbour", within)).isEmpty();
      var past = SuppressionRules.ofPast(desk.ledger, desk.deeds, desk.clock);
      assertThat(of(past, "harbour", within)).contains(made);
      assertThat(again.list(Suppression.Kind.EXCEPTION, Desk.HARBOUR)).containsExactly(made);
    }
  }

  @Test
  void those_for_all_agencies_hide_for_each_and_only_the_centre_reads_them() {
    try (var desk = Desk.open(folder)) {
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var made = covers.add(exception(desk, "*"), "ana", Desk.NATIONAL);
      assertThat(of(covers, "harbour", desk.clock.instant())).contains(made);
      assertThat(covers.list(Suppression.Kind.EXCEPTION, Desk.NATIONAL)).containsExactly(made);
      assertThat(covers.list(Suppression.Kind.EXCEPTION, Desk.HARBOUR)).isEmpty();
      assertThat(made.suppression().because()).doesNotContain("our own", "ana");
    }
  }

  @Test
  void what_would_be_slow_to_ask_is_refused() {
    try (var desk = Desk.open(folder)) {
      var covers = new SuppressionRules(desk.ledger, desk.deeds, desk.clock);
      var one = new SuppressionRule.Condition("source.ip", "203.0.113.1");
      for (var wrong :
          List.of(
              Collections.nCopies(21, one),
              List.of(new SuppressionRule.Condition("source.ip", "*a".repeat(101))),
              List.of(new SuppressionRule.Condition("f".repeat(201), "x")))) {
        var cover = about(desk, "harbour", wrong);
        assertThatThrownBy(() -> covers.add(cover, "ana", Desk.HARBOUR))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("at most");
        assertThatThrownBy(() -> covers.preview(cover, Desk.HARBOUR, Duration.ofDays(1)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private static Optional<SuppressionRule> of(SuppressionRules covers, String agency, Instant at) {
    return covers.cover(
        agency, "password-guessed", List.of(new Alert.Entity("source.ip", "203.0.113.9")), at);
  }

  private static SuppressionRule exception(Desk desk, String agency) {
    return about(
        desk, agency, List.of(new SuppressionRule.Condition("source.ip", "203.0.113.0/24")));
  }

  private static SuppressionRule about(
      Desk desk, String agency, List<SuppressionRule.Condition> conditions) {
    var now = desk.clock.instant();
    var until = now.plus(Duration.ofDays(7));
    return cover(now, agency, "password-*", conditions, "", until, "our own");
  }

  // About everything of a rule.
  private static SuppressionRule cover(
      Instant from, String agency, String rule, String hours, Instant until, String reason) {
    return cover(from, agency, rule, List.of(), hours, until, reason);
  }

  private static SuppressionRule cover(
      Instant from,
      String agency,
      String rule,
      List<SuppressionRule.Condition> conditions,
      String hours,
      Instant until,
      String reason) {
    return new SuppressionRule(
        0,
        Suppression.Kind.EXCEPTION,
        "scanner",
        agency,
        rule,
        conditions,
        hours,
        from,
        until,
        reason,
        "",
        from,
        Optional.empty());
  }

  private static Alert hidden(Alert alert, String by) {
    return alert.change().status(Alert.Status.SUPPRESSED).group("g\u0001" + by).build();
  }
}
