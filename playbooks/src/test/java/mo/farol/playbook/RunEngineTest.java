package mo.farol.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import mo.farol.incident.Cases;
import mo.farol.ledger.Desk;
import mo.farol.ledger.SampleAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEngineTest {
  @TempDir Path folder;

  @Test
  void a_branch_inside_a_branch_gives_the_word_back_level_by_level() throws Exception {
    var flow =
        """
        start: on_completion=parallel1
        parallel1: next_steps=action1,if1 on_completion=action9
        action1: on_completion=end1
        end1:
        if1: on_true=parallel2 on_completion=action5
        parallel2: next_steps=action2,action3 on_completion=action4
        action2: on_completion=end2
        end2:
        action3: on_completion=end3
        end3:
        action4: on_completion=end4
        end4:
        action5: on_completion=end5
        end5:
        action9: on_completion=end9
        end9:
        """;
    assertThat(
            walk(
                flow, "action1", "if1=true", "action2", "action3", "action4", "action5", "action9"))
        .isEqualTo(
            """
            action1,if1
            if1
            action2,action3
            action3
            action4
            action5
            action9
            ended\
            """);
  }

  @Test
  void an_if_without_an_else_goes_on_after_false() throws Exception {
    var flow =
        """
        start: on_completion=if1
        if1: on_true=action1 on_completion=action2
        action1: on_completion=end1
        end1:
        action2: on_completion=end2
        end2:
        """;
    assertThat(walk(flow, "if1=false", "action2")).isEqualTo("if1\naction2\nended");
  }

  @Test
  void a_loop_asks_again_until_it_is_told_to_stop() throws Exception {
    var flow =
        """
        start: on_completion=while1
        while1: on_true=action1 on_completion=end2
        action1: on_completion=end1
        end1:
        end2:
        """;
    assertThat(walk(flow, "while1=true", "action1", "while1=true", "action1", "while1=false"))
        .isEqualTo("while1\naction1\nwhile1\naction1\nwhile1\nended");
  }

  @Test
  void a_failure_takes_its_own_way_else_the_playbooks_else_what_follows() throws Exception {
    var flow =
        """
        start: on_completion=action1
        action1: on_success=end1 on_failure=action2
        action2: on_completion=end1
        end1:
        """;
    assertThat(walk(flow, "action1!", "action2!")).isEqualTo("action1\naction2\nended");
    var handled =
        """
        start: on_completion=action1
        action1: on_completion=end1
        end1:
        exception: action7
        action7: on_completion=end7
        end7:
        """;
    assertThat(walk(handled, "action1!", "action7")).isEqualTo("action1\naction7\nended");
  }

  @Test
  void a_step_that_points_back_is_opened_anew() throws Exception {
    var flow =
        """
        start: on_completion=action1
        action1: on_completion=action2
        action2: on_success=end1 on_failure=action1
        end1:
        """;
    assertThat(walk(flow, "action1", "action2!", "action1", "action2"))
        .isEqualTo("action1\naction2\naction1\naction2\nended");
  }

  @Test
  void branches_that_meet_without_an_end_of_their_own_still_come_to_an_end() throws Exception {
    var flow =
        """
        start: on_completion=if1
        if1: on_true=action1 on_false=action2
        action1: on_completion=action3
        action2: on_completion=action3
        action3: on_completion=end1
        end1:
        """;
    assertThat(walk(flow, "if1=false", "action2", "action3"))
        .isEqualTo("if1\naction2\naction3\nended");
  }

  @Test
  void a_circle_of_steps_nobody_does_does_not_turn_for_ever() throws Exception {
    var flow =
        """
        start: on_completion=parallel1
        parallel1: next_steps=parallel2,end1 on_completion=end2
        parallel2: next_steps=parallel1,end1
        end1:
        end2:
        """;
    assertThat(walk(flow)).isEqualTo("ended");
  }

  @Test
  void whatever_people_do_in_whatever_order_every_run_of_the_book_ends() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    try (var desk = Desk.open(folder)) {
      var playbooks = Playbooks.load(List.of(Path.of("book")));
      var runs = runs(desk, playbooks);
      for (int i = 0; i < 9; i++) {
        var playbook = playbooks.all().get(i % playbooks.all().size());
        var run = runs.start("FRL-2026-0001", playbook.id(), "ana", Desk.NATIONAL);
        for (int move = 0; move < 200 && !run.isEnded(); move++) {
          assertThat(run.open()).isNotEmpty();
          run = anything(runs, run, random);
        }
        assertThat(run.isEnded()).as("seed %s run %s", seed, i).isTrue();
      }
    }
  }

  private static Run anything(Runs runs, Run run, Random random) {
    var step = run.open().get(random.nextInt(run.open().size()));
    String id = step.step().id();
    int way = random.nextInt(4);
    if (way == 0) {
      return runs.fail(run.id(), id, "ana", "no", Desk.NATIONAL);
    }
    if (way == 1) {
      return runs.skip(run.id(), id, "ana", "no", Desk.NATIONAL);
    }
    return step.choices().isEmpty()
        ? runs.complete(run.id(), id, "ana", "", Desk.NATIONAL)
        : runs.decide(
            run.id(),
            id,
            step.choices().get(random.nextInt(step.choices().size())),
            "ana",
            "",
            Desk.NATIONAL);
  }

  /** Does the moves in order; a line for what was open before each, and one for the end. */
  private String walk(String flow, String... moves) throws Exception {
    Path entry = Files.createDirectories(folder.resolve("library/drawn"));
    Files.writeString(entry.resolve("playbook.json"), DrawnPlaybook.json(flow));
    try (var desk = Desk.open(Files.createTempDirectory(folder, "desk"))) {
      var playbooks = Playbooks.load(List.of(folder.resolve("library")));
      assertThat(playbooks.refusals()).isEmpty();
      var runs = runs(desk, playbooks);
      var run = runs.start("FRL-2026-0001", playbooks.all().getFirst().id(), "ana", Desk.NATIONAL);
      var told = new StringBuilder();
      for (String move : moves) {
        told.append(open(run)).append('\n');
        run = move(runs, run, move);
      }
      return told.append(run.isEnded() ? "ended" : open(run)).toString();
    }
  }

  private static Run move(Runs runs, Run run, String move) {
    String name = move.replaceAll("[=!].*", "");
    String id = DrawnPlaybook.id(name);
    if (move.endsWith("!")) {
      return runs.fail(run.id(), id, "ana", "no", Desk.NATIONAL);
    }
    return move.contains("=")
        ? runs.decide(run.id(), id, move.substring(move.indexOf('=') + 1), "ana", "", Desk.NATIONAL)
        : runs.complete(run.id(), id, "ana", "", Desk.NATIONAL);
  }

  private static String open(Run run) {
    return String.join(",", run.open().stream().map(s -> s.step().name()).sorted().toList());
  }

  private static Runs runs(Desk desk, Playbooks playbooks) {
    var incidents = Cases.on(desk);
    desk.raise(SampleAlert.named("a1").raised());
    incidents.catchUp();
    return new Runs(desk.ledger, desk.deeds, playbooks, incidents, desk.clock);
  }
}
