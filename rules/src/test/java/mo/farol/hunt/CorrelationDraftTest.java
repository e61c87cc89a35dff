package mo.farol.hunt;

import static mo.farol.hunt.HomeEvents.THREE;
import static mo.farol.hunt.HomeEvents.book;
import static mo.farol.hunt.HomeEvents.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.match.RuleSettings;
import org.junit.jupiter.api.Test;

/** Correlations that somebody writes or changes, tried on history. */
class CorrelationDraftTest extends OnGround {
  @Test
  void a_correlation_under_edit_is_compared_with_what_it_was() {
    ground.add(
        "finance",
        List.of(
            failure(0, "ana", "h1"),
            failure(1, "ana", "h1"),
            failure(2, "ana", "h1"),
            failure(3, "bo", "h1"),
            failure(4, "bo", "h2")));
    var now =
        book(
            THREE
                .replace("event_count", "value_count")
                .replace("{gte: 3}", "{gte: 2, field: Host}"));
    var target = new HuntTarget.Rules(now, RuleSettings.standard(), Optional.of(book(THREE)));

    var compared = ground.hunt(target, Scope.national()).comparison().orElseThrow();

    assertThat(compared.before()).isEqualTo(1);
    assertThat(compared.gained()).isEqualTo(1);
    assertThat(compared.lost()).isEqualTo(1);
    assertThat(compared.gainedHits().getFirst().why()).contains("User=bo");
    assertThat(compared.lostHits().getFirst().why()).contains("User=ana");
    var same = new HuntTarget.Rules(now, RuleSettings.standard(), Optional.of(now));
    assertThat(ground.hunt(same, Scope.national()).comparison().orElseThrow().gained()).isZero();
  }

  @Test
  void rules_beside_are_counted_and_not_told() {
    var all = book(THREE + "|generate: true");
    var text =
        """
        title: Mine
        id: 55555555-5555-4555-8555-555555555555
        correlation:
          type: event_count
          rules: [counted]
          group-by: [User]
          timespan: 10m
          condition: {gte: 1}
        """;
    var mine = HuntTargetReader.rules(text, RuleSettings.standard(), all);
    ground.add(
        "finance",
        List.of(failure(0, "ana", "h1"), failure(1, "ana", "h1"), failure(2, "ana", "h1")));

    assertThat(mine.beside())
        .containsExactlyInAnyOrder(
            "11111111-1111-4111-8111-111111111111", "33333333-3333-4333-8333-333333333333");
    var target =
        new HuntTarget.Rules(mine.book(), RuleSettings.standard(), Optional.empty(), mine.beside());
    assertThat(ground.hunt(target, Scope.national()).finds())
        .extracting(HuntResult.Find::title)
        .containsExactly("Mine");
  }
}
