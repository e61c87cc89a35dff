package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.incident.Conflict;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleDraft;
import mo.farol.rulebook.RulePublication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes in the rule folders wait for a second person where the operator wants it so. */
class RulesReviewTest {
  private static final String RULE =
      """
      title: Door WORD
      id: 33333333-0000-4000-8000-00000000000N
      logsource: {product: linux, service: sshd}
      detection:
        sel: {message|contains: WORD}
        condition: sel
      """;
  private static final Person ANA = new Person("ana", "Ana", Role.ANALYST, Optional.empty());
  private static final Person RUI = new Person("rui", "Rui", Role.ANALYST, Optional.empty());

  @TempDir private Path home;
  private Path folder;

  @BeforeEach
  void first() throws IOException {
    folder = Files.createDirectories(home.resolve("rules/sigma"));
    Files.writeString(folder.resolve("one.yml"), rule(1, "open"));
  }

  @Test
  void a_change_in_the_folder_waits_until_one_answers_for_it_and_another_publishes_it()
      throws Exception {
    try (var house = open()) {
      var desk = house.farol().rules();
      assertThat(titles(desk)).as("what lay there at first").containsExactly("Door open");
      Files.writeString(folder.resolve("one.yml"), rule(1, "ajar"));
      Files.writeString(folder.resolve("two.yml"), rule(2, "shut"));
      await().atMost(Duration.ofSeconds(30)).until(() -> waiting(desk).size() == 2);
      assertThat(titles(desk)).containsExactly("Door open");
      var two = draft(desk, "sigma/two.yml");
      assertThat(desk.publication().place(draft(desk, "sigma/one.yml")))
          .isEqualTo(new RulePublication.Place("sigma/one.yml", rule(1, "open")));
      refuses("nobody answers", () -> desk.publication().publish(two, two.changedAt(), RUI));
      desk.answer(two, two.changedAt(), ANA);
      var answered = draft(desk, "sigma/two.yml");
      refuses(
          "whoever wrote", () -> desk.publication().publish(answered, answered.changedAt(), ANA));
      refuses("change it there", () -> desk.change(answered, rule(2, "x"), "", ANA));
      assertThat(desk.publication().publish(answered, answered.changedAt(), RUI).isDone()).isTrue();
      assertThat(titles(desk)).containsExactly("Door open", "Door shut");
      assertThat(desk.deeds("draft " + two.number()))
          .extracting(deed -> deed.by() + " " + deed.what())
          .containsExactly("farol rule.waits", "ana rule.answered-for", "rui rule.published");
    }
    try (var house = open()) { // one still waits, two is in force
      var desk = house.farol().rules();
      assertThat(titles(desk)).containsExactly("Door open", "Door shut");
      assertThat(waiting(desk)).containsExactly("sigma/one.yml Door ajar");
      Files.writeString(folder.resolve("one.yml"), rule(1, "open"));
      desk.reload(ANA);
      assertThat(waiting(desk)).as("it is as it was").isEmpty();
    }
  }

  @Test
  void a_file_that_went_waits_too_and_one_of_another_name_does_not() throws Exception {
    Files.writeString(folder.resolve("two.yml"), rule(2, "shut"));
    try (var house = open()) {
      var desk = house.farol().rules();
      Files.move(folder.resolve("one.yml"), folder.resolve("uno.yml"));
      Files.delete(folder.resolve("two.yml"));
      desk.reload(ANA);
      assertThat(waiting(desk)).containsExactly("sigma/two.yml sigma/two.yml");
      assertThat(titles(desk)).containsExactly("Door open", "Door shut");
      assertThat(desk.file("33333333-0000-4000-8000-000000000001")).hasValue("sigma/uno.yml");
      publish(desk, "sigma/two.yml");
      assertThat(titles(desk)).containsExactly("Door open");

      Files.delete(folder.resolve("uno.yml"));
      Files.writeString(folder.resolve("first.yml"), rule(1, "wide"));
      desk.reload(ANA);
      assertThat(waiting(desk)).containsExactly("sigma/first.yml Door wide");
      assertThat(desk.publication().place(draft(desk, "sigma/first.yml")).before())
          .isEqualTo(rule(1, "open"));
      publish(desk, "sigma/first.yml");
      assertThat(titles(desk)).containsExactly("Door wide");
      assertThat(waiting(desk)).isEmpty();
    }
  }

  @Test
  void a_change_that_changes_again_needs_somebody_anew_and_one_that_is_dropped_stays_dropped()
      throws Exception {
    try (var house = open()) {
      var desk = house.farol().rules();
      Files.writeString(folder.resolve("one.yml"), rule(1, "ajar"));
      desk.reload(ANA);
      var first = draft(desk, "sigma/one.yml");
      desk.answer(first, first.changedAt(), ANA);
      assertThat(desk.shadow(draft(desk, "sigma/one.yml"), ANA).isDone()).isTrue();
      Files.writeString(folder.resolve("one.yml"), rule(1, "gone"));
      desk.reload(ANA);
      var second = draft(desk, "sigma/one.yml");
      assertThat(second.number()).isEqualTo(first.number());
      assertThat(second.needsAuthor()).isTrue();
      assertThat(second.state()).isEqualTo(RuleDraft.State.DRAFT);
      assertThat(desk.rules().now().rules().book().rules()).hasSize(1);

      desk.drop(second, RUI);
      desk.reload(ANA);
      assertThat(waiting(desk)).isEmpty();
      assertThat(titles(desk)).containsExactly("Door open");
      Files.writeString(folder.resolve("one.yml"), rule(1, "gone") + "# a word\n");
      desk.reload(ANA);
      assertThat(waiting(desk)).containsExactly("sigma/one.yml Door gone");
    }
  }

  @Test
  void what_people_publish_here_is_in_force_at_once_and_writes_no_waiting_change_over()
      throws Exception {
    try (var house = open()) {
      var desk = house.farol().rules();
      var draft = desk.draft(rule(3, "new"), "", ANA);
      assertThat(desk.publication().publish(draft, draft.changedAt(), RUI).isDone()).isTrue();
      assertThat(titles(desk)).containsExactly("Door new", "Door open");
      assertThat(waiting(desk)).isEmpty();
      Files.writeString(folder.resolve("one.yml"), rule(1, "ajar"));
      desk.reload(ANA);
      var over = desk.draft(rule(1, "over"), "", ANA);
      refuses("waits", () -> desk.publication().publish(over, over.changedAt(), RUI));
      assertThat(folder.resolve("one.yml")).hasContent(rule(1, "ajar"));
    }
  }

  @Test
  void nobody_answers_for_a_text_that_they_did_not_read() throws Exception {
    try (var house = open()) {
      var desk = house.farol().rules();
      Files.writeString(folder.resolve("one.yml"), rule(1, "ajar"));
      desk.reload(ANA);
      var read = draft(desk, "sigma/one.yml").changedAt();
      Files.writeString(folder.resolve("one.yml"), rule(1, "wide"));
      desk.reload(ANA);
      var now = draft(desk, "sigma/one.yml");
      assertThatExceptionOfType(Conflict.class).isThrownBy(() -> desk.answer(now, read, ANA));
      assertThat(draft(desk, "sigma/one.yml").needsAuthor()).isTrue();
    }
  }

  @Test
  void a_file_moved_over_another_waits_and_shows_all_that_it_replaces() throws Exception {
    Files.writeString(folder.resolve("two.yml"), rule(2, "shut"));
    try (var house = open()) {
      var desk = house.farol().rules();
      Files.move(
          folder.resolve("two.yml"),
          folder.resolve("one.yml"),
          StandardCopyOption.REPLACE_EXISTING);
      desk.reload(ANA);
      assertThat(titles(desk)).containsExactly("Door open", "Door shut");
      assertThat(waiting(desk)).containsExactly("sigma/one.yml Door shut");
      assertThat(desk.publication().place(draft(desk, "sigma/one.yml")).before())
          .isEqualTo(rule(1, "open") + "\n---\n" + rule(2, "shut"));
      publish(desk, "sigma/one.yml");
      assertThat(titles(desk)).containsExactly("Door shut");
      assertThat(waiting(desk)).isEmpty();
    }
  }

  @Test
  void rules_below_a_linked_folder_stay_in_force_and_their_changes_wait() throws Exception {
    var real = Files.move(folder, home.resolve("elsewhere"));
    Files.createSymbolicLink(folder, real);
    Files.move(real.resolve("one.yml"), real.resolve("one.YML"));
    for (int again = 0; again < 2; again++) {
      try (var house = open()) {
        assertThat(titles(house.farol().rules())).containsExactly("Door open");
        assertThat(waiting(house.farol().rules())).isEmpty();
      }
    }
    try (var house = open()) {
      Files.writeString(real.resolve("one.YML"), rule(1, "ajar"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> waiting(house.farol().rules()).size() == 1);
      assertThat(waiting(house.farol().rules())).containsExactly("sigma/one.YML Door ajar");
      assertThat(titles(house.farol().rules())).containsExactly("Door open");
    }
  }

  private void publish(RuleDesk desk, String file) {
    var waits = draft(desk, file);
    desk.answer(waits, waits.changedAt(), ANA);
    var draft = draft(desk, file);
    assertThat(desk.publication().publish(draft, draft.changedAt(), RUI).refused()).isEmpty();
  }

  private static void refuses(
      String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatIllegalArgumentException().isThrownBy(act).withMessageContaining(why);
  }

  private House open() throws Exception {
    return House.open(home, "rules.review=true", "rules.builtin=false");
  }

  private static RuleDraft draft(RuleDesk desk, String file) {
    return desk.drafts().open().stream()
        .filter(draft -> draft.file().equals(file))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> waiting(RuleDesk desk) {
    return desk.drafts().open().stream()
        .filter(RuleDraft::isOfFolder)
        .map(draft -> draft.file() + " " + draft.title())
        .sorted()
        .toList();
  }

  private static List<String> titles(RuleDesk desk) {
    return desk.rules().now().rules().book().rules().stream()
        .map(rule -> rule.ref().title())
        .sorted()
        .toList();
  }

  private static String rule(int n, String word) {
    return RULE.replace("N", Integer.toString(n)).replace("WORD", word);
  }
}
