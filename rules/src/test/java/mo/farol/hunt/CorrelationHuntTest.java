package mo.farol.hunt;

import static mo.farol.hunt.HomeEvents.START;
import static mo.farol.hunt.HomeEvents.THREE;
import static mo.farol.hunt.HomeEvents.book;
import static mo.farol.hunt.HomeEvents.failure;
import static mo.farol.hunt.HomeEvents.live;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import mo.farol.event.Scope;
import mo.farol.match.RuleSettings;
import org.junit.jupiter.api.Test;

/** What a hunt tells of the groups that a correlation counts. */
class CorrelationHuntTest extends OnGround {
  @Test
  void a_group_says_how_many_when_and_which_events() {
    ground.add(
        "finance",
        List.of(
            failure(60, "ana", "h1"),
            failure(30, "bo", "h1"),
            failure(0, "ana", "h1"),
            failure(90, "ana", "h1"),
            failure(3_600, "ana", "h2")));

    var result = ground.hunt(book(THREE));

    assertThat(result.hits()).hasSize(1);
    var hit = result.hits().getFirst();
    var group = hit.group().orElseThrow();
    assertThat(hit.agency()).isEqualTo("finance");
    assertThat(group.values()).containsExactly(Map.entry("User", "ana"));
    assertThat(group.count()).isEqualTo(3);
    assertThat(group.firstAt()).isEqualTo(START);
    assertThat(group.lastAt()).isEqualTo(START.plusSeconds(90)).isEqualTo(hit.occurredAt());
    assertThat(group.events()).extracting(e -> e.sequence()).containsExactly(0L, 2L, 3L);
    assertThat(result.finds())
        .containsExactly(new HuntResult.Find("33333333-3333-4333-8333-333333333333", "Counted", 1));
    assertThat(result.hours()).containsExactly(Map.entry(START, 1L));
  }

  @Test
  void a_group_is_by_a_field_that_has_a_space_in_its_name() {
    ground.add("finance", Collections.nCopies(3, spaced("ana")));
    ground.add("finance", Collections.nCopies(2, spaced("bo")));

    var result =
        ground.hunt(
            book(
                "type: event_count",
                "rules: [failed]",
                "group-by: [User Name]",
                "timespan: 10m",
                "condition: {gte: 3}"));

    assertThat(result.hits())
        .singleElement()
        .extracting(hit -> List.copyOf(hit.group().orElseThrow().values().values()))
        .isEqualTo(List.of("ana"));
  }

  private static String spaced(String user) {
    return """
        {"@timestamp":"%s","Act":"fail","User Name":"%s"}"""
        .formatted(START, user);
  }

  @Test
  void base_rules_are_told_only_where_the_correlation_generates() {
    ground.add(
        "finance",
        List.of(failure(0, "ana", "h1"), failure(1, "ana", "h1"), failure(2, "ana", "h1")));

    assertThat(ground.hunt(book(THREE)).matched()).isEqualTo(1);
    var both = ground.hunt(book(THREE + "|generate: true"));
    assertThat(both.matched()).isEqualTo(4);
    assertThat(both.groups()).isEqualTo(1);
  }

  @Test
  void hits_that_came_too_late_for_live_windows_are_found() {
    ground.add(live("finance"), START.plusSeconds(7_300), List.of(failure(7_200, "ana", "h1")));
    ground.add(
        live("finance"),
        START.plusSeconds(7_400),
        List.of(failure(10, "ana", "h1"), failure(20, "ana", "h1"), failure(30, "ana", "h1")));

    var result = ground.hunt(book(THREE));

    assertThat(result.isWhole()).isTrue();
    assertThat(result.groups()).isEqualTo(1);
  }

  @Test
  void only_what_is_in_the_scope_is_counted() {
    for (String agency : List.of("finance", "health")) {
      ground.add(
          agency,
          List.of(failure(0, agency, "h1"), failure(1, agency, "h1"), failure(2, agency, "h1")));
    }
    var book = book(THREE);

    var own = ground.hunt(book, RuleSettings.standard(), Scope.of("health"));
    assertThat(own.groups()).isEqualTo(1);
    assertThat(own.read()).isEqualTo(3);
    assertThat(HuntJson.of(own).toString()).doesNotContain("finance");
    assertThat(ground.hunt(book).groups()).isEqualTo(2);
  }
}
