package mo.farol.search;

import static mo.farol.search.Town.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.store.Lines;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short name of an ECS field is also the name of a sender's own field. */
class ShortNamesTest {
  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void a_short_name_finds_the_field_of_ecs_and_the_senders_own() {
    town.with(
        at("10:00:00", "event.action", "blocked"),
        at("10:00:01", "action", "blocked"),
        at("10:00:02", "action", "allowed"),
        at("10:00:03", "dst", "192.0.2.7", "dst_port", "443"));

    assertThat(town.find("action:blocked")).containsExactly(1L, 0L);
    assertThat(town.find("action:(block* OR allowed)")).containsExactly(2L, 1L, 0L);
    assertThat(town.find("action:*")).containsExactly(2L, 1L, 0L);
    assertThat(town.find("-action:blocked")).containsExactly(3L, 2L);
    assertThat(town.find("event.action:blocked")).containsExactly(0L);
    assertThat(town.find("dst:192.0.2.7")).containsExactly(3L);
    assertThat(town.find("dst_port:>400")).containsExactly(3L);
  }

  @Test
  void behind_a_backslash_it_is_the_senders_own_alone() {
    town.with(at("10:00:00", "event.action", "blocked"), at("10:00:01", "action", "blocked"));

    assertThat(town.find("\\action:blocked")).containsExactly(1L);
    assertThat(Splitting.escaped("action")).isEqualTo("\\action");
    assertThat(Splitting.escaped("_exists_")).isEqualTo("\\_exists_");
    assertThat(town.find(Splitting.escaped("action") + ":*")).containsExactly(1L);
    assertThat(town.find(Splitting.clause("event.action", "blocked"))).containsExactly(0L);
    assertThat(table("* | count by \\action | where \\action = blocked"))
        .containsExactly("blocked");
    assertThatThrownBy(() -> town.find("\\outcome:success"))
        .hasMessageContaining("did you mean event.outcome?");
  }

  @Test
  void what_the_index_says_itself_no_sender_can_say_or_hide_behind() {
    town.with(
        at("10:00:00", "exercise", "true", "level", "emerg"),
        Lines.line("dsf", "2026-11-24T10:00:01Z", Severity.ERROR, "message", "real"));

    assertThat(town.find("exercise:true")).isEmpty();
    assertThat(town.find("NOT exercise:true")).containsExactly(1L, 0L);
    assertThat(town.find("level:>=error")).containsExactly(1L);
    assertThat(town.find("\\exercise:true")).containsExactly(0L);
    assertThat(town.find("\\level:emerg")).containsExactly(0L);
  }

  @Test
  void values_are_shown_and_counted_of_the_senders_own_where_nothing_has_that_of_ecs() {
    town.with(at("10:00:00", "action", "blocked"));
    assertThat(table("* | count by action")).containsExactly("blocked");
    assertThat(top("action")).containsExactly("blocked");

    town.with(at("10:00:01", "event.action", "allowed"));
    assertThat(table("* | top 5 action")).containsExactly("allowed");
    assertThat(top("action")).containsExactly("allowed");
    assertThat(top("\\action")).containsExactly("blocked");
  }

  @Test
  void another_agencys_own_field_makes_no_difference() {
    town.with(
        at("10:00:00", "event.action", "blocked"),
        Lines.line("water", "2026-11-24T10:00:01Z", Severity.NOTICE, "action", "blocked"));

    var names = town.names(Scope.of("dsf"));
    assertThat(names.fields("action")).containsExactly("event.action");
    assertThat(town.names(Scope.of("water")).fields("action"))
        .containsExactly("event.action", "action");
    assertThat(town.find("action:blocked", Scope.of("dsf"))).containsExactly(0L);
  }

  @Test
  void a_field_that_comes_later_is_followed() {
    var tail =
        town.search.follow(Asker.CENTRE, "action:blocked", Scope.national(), Optional.empty());

    town.with(at("10:00:00", "action", "blocked"));

    assertThat(tail.next().orElseThrow().events()).hasSize(1);
  }

  @Test
  void where_there_was_no_time_to_look_for_names_nobody_is_told_that_one_is_wrong() {
    town.with(at("10:00:00", "odd.name", "x"));
    var hasty = new Search(town.store, town.lines, new SearchConfig(Duration.ZERO, 10));

    assertThat(hasty.find(Town.ask("odd.name:x", Scope.national())).late()).isTrue();
    assertThatThrownBy(() -> town.find("odd.nane:x")).hasMessageContaining("odd.name");
  }

  private List<String> table(String query) {
    return town.search.run(
        Asker.CENTRE,
        query,
        questions ->
            questions.ask(Town.ask(query, Scope.national()), 10) instanceof Answer.Rows rows
                ? rows.table().rows().stream()
                    .map(row -> row.getFirst().text())
                    .filter(text -> !text.isEmpty())
                    .toList()
                : List.of());
  }

  private List<String> top(String field) {
    return town.search.run(
        Asker.CENTRE,
        "",
        questions ->
            questions.top(Town.ask("", Scope.national()), field, 5).values().stream()
                .map(TopValues.Value::value)
                .toList());
  }
}
