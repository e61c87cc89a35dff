package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.match.Rounds;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told since a window was over, against a reckoner that sees all hits in order. */
@Tag("rounds")
class EndsOracleTest {
  /** What was told: of which group, from when on, how many, the first event. */
  private record Told(String group, long from, long millionths) {
    Told(String group, long from, double value) {
      this(group, from, Math.round(value * 1e6));
    }
  }

  private interface Oracle {
    List<Told> told(String group, List<Play.Seen> inOrder);
  }

  @Test
  void fewer_than_so_many_are_counted_when_the_window_is_over() {
    agree(
        Play.book("type: event_count", "rules: [one, two]", "condition: {lt: 3}"),
        (group, hits) -> tumbling(group, hits, window -> window.size(), value -> value < 3));
  }

  @Test
  void fewer_values_than_so_many_are_counted_when_the_window_is_over() {
    agree(
        Play.book("type: value_count", "rules: [one, two]", "condition: {lte: 2, field: v}"),
        (group, hits) ->
            tumbling(
                group,
                hits,
                window -> window.stream().map(Play.Seen::value).distinct().count(),
                value -> value <= 2));
  }

  @Test
  void a_sum_below_a_bound_is_told_when_the_window_is_over() {
    agree(
        Play.book("type: value_sum", "rules: [one, two]", "condition: {lt: 5.5, field: v}"),
        (group, hits) ->
            tumbling(
                group,
                hits,
                window -> window.stream().mapToDouble(Play.Seen::number).sum(),
                value -> value < 5.5 - 1e-9));
  }

  @Test
  void an_event_that_none_follows_in_time_is_an_absence() {
    agree(
        Play.book("type: farol_absence", "rules: [one]"),
        (group, hits) -> {
          var ones = hits.stream().filter(hit -> hit.rule().equals("one")).toList();
          var told = new ArrayList<Told>();
          for (int i = 0; i < ones.size(); i++) {
            long at = ones.get(i).at();
            boolean followed = i + 1 < ones.size() && ones.get(i + 1).at() - at <= Play.SPAN;
            if (!followed) {
              told.add(new Told(group, at, 1.0));
            }
          }
          return told;
        });
  }

  @Test
  void an_event_that_the_other_does_not_answer_in_time_is_an_absence() {
    agree(
        Play.book("type: farol_absence", "rules: [one, two]"),
        (group, hits) ->
            hits.stream()
                .filter(hit -> hit.rule().equals("one"))
                .map(Play.Seen::at)
                .distinct()
                .filter(at -> hits.stream().noneMatch(each -> answers(each, at)))
                .map(at -> new Told(group, at, 1.0))
                .toList());
  }

  private static boolean answers(Play.Seen hit, long at) {
    return hit.rule().equals("two") && hit.at() >= at && hit.at() <= at + Play.SPAN;
  }

  private interface Figure {
    double of(List<Play.Seen> window);
  }

  private interface Bound {
    boolean holds(double value);
  }

  private static List<Told> tumbling(
      String group, List<Play.Seen> hits, Figure figure, Bound bound) {
    var told = new ArrayList<Told>();
    for (int i = 0; i < hits.size(); ) {
      long from = hits.get(i).at();
      var window = hits.stream().skip(i).takeWhile(h -> h.at() <= from + Play.SPAN).toList();
      double value = figure.of(window);
      if (bound.holds(value)) {
        told.add(new Told(group, from, value));
      }
      i += window.size();
    }
    return told;
  }

  private static void agree(RuleBook book, Oracle oracle) {
    long seed = Play.seed();
    for (int round = 0; round < Rounds.of(5, 40); round++) {
      var random = new Random(seed + round);
      var hits = Play.hits(random, 300, 8_000, 60_000, 4);
      var expected = expected(hits, oracle);
      assertThat(expected).isNotEmpty();
      assertThat(play(book, ofTwoHosts(random, hits, 250_000), ""))
          .as("live, one host hanging back, seed %d", seed + round)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(play(book, ofTwoHosts(random, hits, 3_600_000), "import-1"))
          .as("import, one host after the other, seed %d", seed + round)
          .containsExactlyInAnyOrderElementsOf(
              expected.stream().filter(each -> each.from() + Play.SPAN <= latest(hits)).toList());
      assertThat(play(book, hits, ""))
          .as("live, seed %d", seed + round)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(playInParts(book, hits, random))
          .as("live, in parts, killed and restored between, seed %d", seed + round)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(play(book, hits, "import-1"))
          .as("import, seed %d", seed + round)
          .containsExactlyInAnyOrderElementsOf(
              expected.stream().filter(each -> each.from() + Play.SPAN <= latest(hits)).toList());
    }
  }

  /** The same of two hosts, what one says comes later by so much; in the order of arrival. */
  private static List<Play.Seen> ofTwoHosts(Random random, List<Play.Seen> hits, long delay) {
    return hits.stream()
        .map(hit -> random.nextBoolean() ? hit.from("prompt", 0) : hit.from("slow", delay))
        .sorted(Comparator.comparingLong(Play.Seen::arrived))
        .toList();
  }

  private static long latest(List<Play.Seen> hits) {
    return hits.stream().filter(h -> !h.repeat()).mapToLong(Play.Seen::at).max().orElseThrow();
  }

  private static List<Told> expected(List<Play.Seen> hits, Oracle oracle) {
    Map<String, List<Play.Seen>> groups = new LinkedHashMap<>();
    hits.stream()
        .filter(hit -> !hit.repeat())
        .sorted(Comparator.comparingLong(Play.Seen::at))
        .forEach(hit -> groups.computeIfAbsent(hit.group(), _ -> new ArrayList<>()).add(hit));
    var told = new ArrayList<Told>();
    groups.forEach((group, inOrder) -> told.addAll(oracle.told(group, inOrder)));
    return told;
  }

  private static List<Told> play(RuleBook book, List<Play.Seen> hits, String lane) {
    var windows = Play.windows(book);
    var out = new ArrayList<Crossing>();
    for (Play.Seen hit : hits) {
      windows.accept(hit.detection(lane), out::add);
      if (!hit.repeat()) {
        windows.reached("agency-a", lane, false, Micros.of(Detections.START.plusMillis(hit.at())));
      }
      windows.advance(received(hit.arrived()), out::add);
      windows.flush(Instant.MAX, out::add);
    }
    windows.advance(received(hits.getLast().arrived()).plusSeconds(900), out::add);
    windows.end(out::add);
    assertThat(out).allMatch(Crossing::timed);
    assertThat(out).allMatch(each -> each.events().stream().noneMatch(id -> isRepeat(hits, id)));
    return told(out);
  }

  // As the watch does: time moves on before the first hit of a second; flushed and kept any time.
  private static List<Told> playInParts(RuleBook book, List<Play.Seen> hits, Random random) {
    var out = new ArrayList<Crossing>();
    var file = Optional.of(file());
    var windows = Play.windows(book, file, LateHit.Sink.NONE);
    for (int i = 0; i < hits.size(); i++) {
      windows.advance(received(hits.get(i).arrived() / 1_000 * 1_000), out::add);
      windows.accept(hits.get(i).detection(""), out::add);
      if (random.nextInt(3) == 0) {
        windows.flush(Instant.MAX, out::add);
      }
      if (random.nextInt(30) == 0) {
        windows.flush(Instant.MAX, out::add);
        windows.save(i + 1L);
        windows = Play.windows(book, file, LateHit.Sink.NONE);
        assertThat(windows.restore(i + 1L)).isPresent();
        windows.adopt();
      }
    }
    windows.advance(received(hits.getLast().arrived()).plusSeconds(1), out::add); // awake again
    windows.advance(received(hits.getLast().arrived()).plusSeconds(900), out::add);
    windows.flush(Instant.MAX, out::add);
    return told(out);
  }

  private static Path file() {
    try {
      var file = Files.createTempFile("windows", ".state");
      file.toFile().deleteOnExit();
      Files.delete(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Told> told(List<Crossing> out) {
    return out.stream()
        .map(
            each ->
                new Told(
                    String.valueOf(each.group().get("g")),
                    (Micros.of(each.firstAt()) - Micros.of(Detections.START)) / 1_000,
                    each.value()))
        .toList();
  }

  private static boolean isRepeat(List<Play.Seen> hits, EventId id) {
    return hits.stream().anyMatch(hit -> hit.id() == id.sequence() && hit.repeat());
  }

  private static Instant received(long millis) {
    return Detections.START.plusMillis(millis);
  }
}
