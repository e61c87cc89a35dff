package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import mo.farol.event.Origin;
import mo.farol.match.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports go by their own times, whenever they were received. */
class ImportHuntTest {
  private static final Origin IMPORT =
      new Origin("finance", "test", "", "import-1", false, "", 0, "UTC");
  private static final String RULES =
      """
      title: Failed
      id: 11111111-1111-4111-8111-111111111111
      name: failed
      logsource: {product: home}
      detection: {sel: {Act: fail}, condition: sel}
      ---
      title: Came
      id: 22222222-2222-4222-8222-222222222222
      name: came
      logsource: {product: home}
      detection: {sel: {Act: come}, condition: sel}
      ---
      title: Counted
      id: 33333333-3333-4333-8333-333333333333
      correlation:
        rules: [failed, came]
        group-by: [User]
      """;

  @TempDir private Path folder;

  @Test
  void stamps_past_the_receipt_are_counted_in_their_order_though_they_came_in_another() {
    var ordered = frames();
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    try (var one = new Ground(folder.resolve("one"), new Counting.Bounds(10_000, 40));
        var other = new Ground(folder.resolve("other"), new Counting.Bounds(10_000, 40))) {
      one.add(IMPORT, Ground.NOW, ordered);
      other.add(IMPORT, Ground.NOW, shuffled);
      for (String type :
          List.of(
              "type: event_count|condition: {gte: 4}|timespan: 10m",
              "type: value_count|condition: {gte: 3, field: Host}|timespan: 10m",
              "type: temporal_ordered|timespan: 5m",
              "type: farol_first_seen|condition: {field: Host}|learn: 20m|timespan: 1h",
              "type: farol_absence|timespan: 20m")) {
        var book = Rules.book(RULES + "  " + type.replace("|", "\n  ") + "\n");
        assertThat(book.refusals()).isEmpty();
        var result = other.hunt(book);
        assertThat(result.isWhole()).as(type).isTrue();
        assertThat(shown(result)).as(type).isEqualTo(shown(one.hunt(book))).isNotEmpty();
      }
    }
  }

  // Ten hours from an hour before the receipt on.
  private static List<String> frames() {
    var random = new Random(3);
    var frames = new ArrayList<String>();
    for (int i = 0; i < 600; i++) {
      frames.add(
          """
          {"@timestamp":"%s","Act":"%s","User":"u%d","Host":"h%d"}"""
              .formatted(
                  Instant.parse("2026-11-24T09:00:00Z").plusSeconds(i * 60L),
                  random.nextInt(3) == 0 ? "come" : "fail",
                  random.nextInt(2),
                  random.nextInt(6)));
    }
    return frames;
  }

  private static List<String> shown(HuntResult result) {
    return result.hits().stream()
        .flatMap(hit -> hit.group().stream())
        .map(group -> group.values() + " " + group.count() + " " + group.firstAt() + group.lastAt())
        .sorted()
        .toList();
  }
}
