package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values as the index keeps them, and every match one by one. */
class KeptValuesTest {
  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store =
        Store.open(StoreConfig.in(folder), new ManualClock(Story.START), new SimpleMeterRegistry());
    var lines = new Lines();
    store.accept(lines.batch(line("a", "path", "/Etc/Passwd")));
    store.accept(lines.batch(line("b", "path", "/etc/shadow")));
    store.accept(
        lines.batch(
            line("a", "path", "x".repeat(1_100) + "tail", "other", "holds passwd too"),
            line("a", "message", "short " + "w".repeat(300)),
            line("a", "message", "passwd short")));
    store.refresh();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Lines.Line line(String agency, String... fields) {
    return Lines.line(agency, "2026-11-20T01:00:00Z", Severity.NOTICE, fields);
  }

  private Set<Long> swept(Clause clause, Scope scope) {
    var found = new TreeSet<Long>();
    var question = new Question(clause, scope, Long.MIN_VALUE, Long.MAX_VALUE);
    var answer =
        store.sweep(
            question, (_, sequence) -> found.add(sequence), Deadline.in(Duration.ofMinutes(1)));
    assertThat(answer.exact()).isTrue();
    return found;
  }

  private Set<Long> swept(Clause clause) {
    return swept(clause, Scope.national());
  }

  @Test
  void every_match_is_given_within_the_scope() {
    assertThat(swept(new Clause.All())).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(swept(new Clause.All(), Scope.of("b"))).containsExactly(1L);
    assertThat(swept(new Clause.Exists("path", 1), Scope.of("a"))).containsExactly(0L, 2L);
  }

  @Test
  void one_of_some_values_is_found_whole_in_any_case() {
    var some = List.of("/ETC/passwd", "/etc/shadow", "/etc");
    assertThat(swept(new Clause.Kept.OneOf("path", some))).containsExactly(0L, 1L);
    assertThat(swept(new Clause.Kept.OneOf("other", some))).isEmpty();
  }

  @Test
  void what_may_have_been_cut_is_known() {
    assertThat(swept(new Clause.Kept.Cut("path"))).containsExactly(2L);
    assertThat(swept(new Clause.Kept.Cut("message")))
        .as("where there is no message its words are those of all values")
        .containsExactly(2L, 3L);
    assertThat(swept(new Clause.Kept.Cut("other"))).isEmpty();
  }

  @Test
  void text_is_looked_for_in_every_field_but_the_message() {
    assertThat(swept(new Clause.Kept.Anywhere(List.of("passwd")))).containsExactly(0L, 2L);
    assertThat(swept(new Clause.Kept.Anywhere(List.of("path", "shad"))))
        .as("not in names; what is cut may hold it")
        .containsExactly(1L, 2L);
  }

  @Test
  void values_that_pass_a_test_are_told_until_there_are_too_many() {
    var all = new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    var found = store.values("path", all, KeptValuesTest::isEtc, 10, soon());
    assertThat(found.values()).containsExactlyInAnyOrder("/etc/passwd", "/etc/shadow");
    assertThat(found.all()).isTrue();
    assertThat(store.values("path", all, (_, _, _, _) -> true, 1, soon()).all()).isFalse();
    assertThat(store.values("path", all, (_, _, _, isWhole) -> !isWhole, 9, soon()).values())
        .hasSize(1);
  }

  @Test
  void how_many_values_others_have_does_not_show() {
    var own = new Question(new Clause.All(), Scope.of("b"), Long.MIN_VALUE, Long.MAX_VALUE);
    var found = store.values("path", own, (_, _, _, _) -> true, 1, soon());
    assertThat(found.values()).containsExactly("/etc/shadow");
    assertThat(found.all()).as("agency a alone has more than the bound").isTrue();
    var others = new Question(new Clause.All(), Scope.of("a"), Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(store.values("path", others, (_, _, _, _) -> true, 1, soon()).all()).isFalse();
    assertThat(store.values("path", others, KeptValuesTest::isEtc, 1, soon()).values())
        .containsExactly("/etc/passwd");
  }

  private static boolean isEtc(byte[] bytes, int from, int to, boolean isWhole) {
    return isWhole
        && new String(bytes, from, to - from, StandardCharsets.UTF_8).startsWith("/etc/");
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofMinutes(1));
  }
}
