package mo.farol.hunt;

import static mo.farol.hunt.HomeEvents.SINGLE;
import static mo.farol.hunt.HomeEvents.START;
import static mo.farol.hunt.HomeEvents.THREE;
import static mo.farol.hunt.HomeEvents.book;
import static mo.farol.hunt.HomeEvents.failure;
import static mo.farol.hunt.HomeEvents.frame;
import static mo.farol.hunt.HomeEvents.text;
import static mo.farol.hunt.HomeEvents.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;

/** A hunt of a time counts what came before it as well, and tells what is of the time. */
class HuntWarmUpTest extends OnGround {
  @Test
  void a_hunt_of_a_time_warms_up_before_it_and_says_what_was_not_seen() {
    ground.add(
        "finance",
        List.of(
            failure(0, "ana", "h1"),
            failure(300, "ana", "h1"),
            failure(590, "ana", "h1"),
            frame(595, "other", "ana", "h1", 1)));
    var book = book(THREE);

    var inside = between(book, 580, 700);
    assertThat(inside.hits()).hasSize(1);
    assertThat(inside.hits().getFirst().group().orElseThrow().firstAt()).isEqualTo(START);
    assertThat(inside.warmUp())
        .contains(
            new HuntResult.WarmUp(Optional.of(START.plusSeconds(-20)), Optional.of(START), true));
    assertThat(between(book, 591, 700).hits()).isEmpty();
    assertThat(between(book, 601, 700).warmUp().orElseThrow().isCut()).isFalse();
    assertThat(ground.hunt(book).warmUp().orElseThrow().from()).isEmpty();
    assertThat(ground.hunt(whole(SINGLE)).warmUp()).isEmpty();
  }

  @Test
  void what_did_not_come_by_the_end_of_the_time_is_told_and_what_may_still_come_is_not() {
    ground.add("finance", List.of(failure(0, "ana", "h1"), failure(2_000, "bo", "h1")));
    var book = book("type: farol_absence", "rules: [failed]", "group-by: [User]", "timespan: 30m");

    assertThat(between(book, 0, 1_900).hits())
        .extracting(hit -> hit.group().orElseThrow().values().get("User"))
        .containsExactly("ana");
    assertThat(between(book, 0, 1_800).hits()).isEmpty();
    assertThat(ground.hunt(book).hits()).hasSize(2);
  }

  @Test
  void a_chain_of_correlations_is_counted_and_reaches_back_as_far_as_all_of_it() {
    var frames = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        frames.add(failure(i * 1_000 + k * 100, "ana", "h" + i));
      }
    }
    ground.add("finance", frames);
    var book =
        whole(
            text(THREE.replace("[User]", "[User, Host]"))
                + """
                ---
                title: Again and again
                id: 44444444-4444-4444-8444-444444444444
                correlation:
                  type: value_count
                  rules: [counted]
                  group-by: [User]
                  timespan: 1h
                  condition: {gte: 3, field: Host}
                """);

    var last = between(book, 2_150, 3_000);

    assertThat(last.finds())
        .extracting(HuntResult.Find::title)
        .containsExactlyInAnyOrder("Again and again", "Counted");
    assertThat(last.warmUp().orElseThrow().from()).contains(START.plusSeconds(2_150 - 3_600 - 600));
  }

  private HuntResult between(RuleBook book, long from, long to) {
    return ground.hunt(
        new HuntOrder(
            new HuntTarget.Rules(book, RuleSettings.standard(), Optional.empty()),
            Scope.national(),
            Micros.of(START.plusSeconds(from)),
            Micros.of(START.plusSeconds(to)),
            Duration.ofMinutes(1)));
  }
}
