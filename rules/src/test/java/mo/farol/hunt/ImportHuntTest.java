package mo.farol.hunt;

import static mo.farol.hunt.HomeEvents.book;
import static mo.farol.hunt.HomeEvents.frame;
import static mo.farol.hunt.HomeEvents.imported;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports go by their own times, whenever they were received. */
class ImportHuntTest {
  private static final long FOUR_HOURS = 14_400;

  @TempDir private Path folder;

  @Test
  void stamps_past_the_receipt_are_counted_in_their_order_though_they_came_in_another() {
    var ordered = frames();
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    try (var one = new Ground(folder.resolve("one"), new Counting.Bounds(10_000, 40));
        var other = new Ground(folder.resolve("other"), new Counting.Bounds(10_000, 40))) {
      one.add(imported("finance"), Ground.NOW, ordered);
      other.add(imported("finance"), Ground.NOW, shuffled);
      for (String type :
          List.of(
              "type: event_count|condition: {gte: 4}|timespan: 10m",
              "type: value_count|condition: {gte: 3, field: Host}|timespan: 10m",
              "type: temporal_ordered|timespan: 5m",
              "type: farol_first_seen|condition: {field: Host}|learn: 20m|timespan: 1h",
              "type: farol_absence|timespan: 20m")) {
        var book = book("rules: [failed, came]", "group-by: [User]", type);
        var result = other.hunt(book);
        assertThat(result.isWhole()).as(type).isTrue();
        assertThat(GroupRows.of(result))
            .as(type)
            .isEqualTo(GroupRows.of(one.hunt(book)))
            .isNotEmpty();
      }
    }
  }

  // Ten hours from an hour before the receipt on.
  private static List<String> frames() {
    var random = new Random(3);
    var frames = new ArrayList<String>();
    for (int i = 0; i < 600; i++) {
      frames.add(
          frame(
              FOUR_HOURS + i * 60L,
              random.nextInt(3) == 0 ? "come" : "fail",
              "u" + random.nextInt(2),
              "h" + random.nextInt(6),
              1));
    }
    return frames;
  }
}
