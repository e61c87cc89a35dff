package mo.farol.search;

import static mo.farol.event.Severity.ERROR;
import static mo.farol.store.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import mo.farol.event.Scope;
import mo.farol.store.Cell;
import mo.farol.store.Grouping;
import mo.farol.store.Lines;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agency A counts, in every way there is, and learns nothing of agency B. */
class PipeScopeTest {
  private static final Scope A = Scope.of("a");

  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void two_agencies() {
    town = new Town(folder);
    town.with(
        line(
            "a",
            "2026-11-24T10:00:00Z",
            ERROR,
            "user.name",
            "ana",
            "event.duration",
            "1",
            "message",
            "of a"));
    var others = new Lines.Line[30];
    for (int i = 0; i < others.length; i++) {
      others[i] =
          line(
              "b",
              "2026-11-24T10:00:%02dZ".formatted(i),
              ERROR,
              "user.name",
              "bela" + i,
              "event.duration",
              "99",
              "b.secret",
              "bx" + i,
              "agency",
              "a",
              "message",
              "of bela");
    }
    town.store.accept(town.lines.batch(others));
    town.store.refresh();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count",
        "count by agency",
        "count by user.name",
        "count by b.secret",
        "count by severity, bin(1s)",
        "top 9 user.name",
        "rare 9 agency, user.name",
        "distinct user.name, distinct b.secret, distinct agency",
        "sum event.duration, avg event.duration, min event.duration, max event.duration",
        "percentiles(0,50,100) event.duration by b.secret",
        "first user.name, last user.name, last b.secret, first agency, last agency",
        "min @timestamp, max @timestamp",
        "fields agency, user.name, message, b.secret",
        "dedup agency",
        "dedup user.name | count",
        "dedup message",
        "sort -event.duration",
        "limit 9",
        "count by farol.input, user.name | where count > 0 | count"
      })
  void no_stage_crosses_the_scope(String stage) {
    for (String clause : new String[] {"", "NOT agency:a", "agency:b OR of", "b.secret:* OR *"}) {
      var answer = (Answer.Rows) town.search.ask(Town.ask(clause + " | " + stage, A), 100);

      assertThat(answer.matched()).isLessThanOrEqualTo(1);
      assertThat(answer.partial()).isEmpty();
      assertThat(answer.table().rows()).hasSizeLessThanOrEqualTo(1);
      assertThat(answer.table().rows().stream().flatMap(row -> row.stream()).map(Cell::text))
          .noneMatch(text -> text.matches("b|bela.*|bx.*|99|30|31|.*of bela.*"));
    }
  }

  @Test
  void a_bound_that_others_events_would_meet_is_not_met() {
    var tight = new PipeConfig(2, new Grouping.Bounds(1, 600, 1), 1);
    var search =
        new Search(town.store, town.lines, new SearchConfig(Duration.ofSeconds(60), 100, tight));

    for (String stage :
        new String[] {
          "count by b.secret", "distinct user.name", "sort user.name", "dedup agency"
        }) {
      var own = (Answer.Rows) search.ask(Town.ask("* | " + stage, A), 100);
      var all = (Answer.Rows) search.ask(Town.ask("* | " + stage, Scope.national()), 100);

      assertThat(own.exact()).as(stage).isTrue();
      assertThat(all.exact()).as(stage).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count by b.secre",
        "top b.secre",
        "fields b.secre",
        "sum b.secre",
        "sort b.secre"
      })
  void names_that_are_suggested_are_those_of_the_scope(String stage) {
    var told =
        catchThrowableOfType(
            QueryFault.class, () -> town.search.ask(Town.ask("* | " + stage, Scope.national()), 9));

    assertThat(told).hasMessageContaining("did you mean b.secret?");
    assertThat(town.search.ask(Town.ask("* | " + stage, A), 9)).isInstanceOf(Answer.Rows.class);
  }
}
