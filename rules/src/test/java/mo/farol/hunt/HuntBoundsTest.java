package mo.farol.hunt;

import static mo.farol.hunt.HomeEvents.book;
import static mo.farol.hunt.HomeEvents.fill;
import static mo.farol.hunt.HomeEvents.frame;
import static mo.farol.hunt.HomeEvents.seed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to a count that would take more than it may. */
class HuntBoundsTest extends OnGround {
  @Test
  void a_group_with_more_hits_than_it_has_room_for_is_told_as_a_lower_bound() {
    var frames = new ArrayList<String>();
    for (int i = 0; i < 9_000; i++) {
      frames.add(frame(i / 20, i % 2 == 0 ? "fail" : "come", "ana", "h" + i, i));
    }
    ground.add("finance", frames);

    var result =
        ground.hunt(
            book(
                "type: value_count",
                "rules: [failed, came]",
                "timespan: 1h",
                "condition: {gte: 8000, field: Host}"));

    assertThat(result.shortfalls()).containsExactly(HuntResult.Shortfall.WINDOWS);
  }

  @Test
  void many_hits_are_read_once_more_in_the_order_of_their_times() {
    long seed = seed();
    try (var narrow = new Ground(folder.resolve("narrow"), new Counting.Bounds(10_000, 40))) {
      fill(narrow, seed);
      fill(ground, seed);
      for (String type : List.of("temporal_ordered", "farol_absence")) {
        var book = book("type: " + type, "rules: [failed, came]", "timespan: 6m");
        assertThat(GroupRows.of(narrow.hunt(book)))
            .isEqualTo(GroupRows.of(ground.hunt(book)))
            .isNotEmpty();
      }
    }
  }

  @Test
  void more_hits_than_can_be_held_are_told_of() {
    try (var narrow = new Ground(folder.resolve("narrow"), new Counting.Bounds(100, 40))) {
      fill(narrow, 1);
      var result =
          narrow.hunt(
              book("type: event_count", "rules: [failed]", "timespan: 1h", "condition: {gte: 2}"));
      assertThat(result.isWhole()).isFalse();
      assertThat(result.shortfalls()).containsExactly(HuntResult.Shortfall.HITS);
      assertThat(result.groups()).isPositive();
    }
  }
}
