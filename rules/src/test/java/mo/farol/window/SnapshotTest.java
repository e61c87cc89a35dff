package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a restart remembers. */
class SnapshotTest {
  private static final String[] COUNT = {
    "type: event_count", "rules: [one, two]", "condition: {gte: 4}"
  };

  @TempDir private Path folder;

  private Optional<Path> file() {
    return Optional.of(folder.resolve("windows.state"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: event_count|condition: {gte: 3}",
        "type: event_count|condition: {lt: 3}",
        "type: value_count|condition: {gte: 3, field: v}",
        "type: value_sum|condition: {gte: 10, field: v}",
        "type: value_percentile|condition: {gte: 4, field: v, percentile: 80}",
        "type: value_percentile|condition: {lte: 40, field: v}",
        "type: temporal|condition: {gte: 2}",
        "type: temporal_ordered|condition: {gte: 2}",
        "type: farol_first_seen|condition: {field: v}|learn: 20s",
        "type: farol_rare|condition: {field: v, lte: 2}|learn: 20s",
        "type: farol_absence",
      })
  void who_is_killed_and_restored_goes_on_as_if_nothing_had_been(String rule) throws IOException {
    var book = Play.book(("rules: [one, two]|" + rule).split("\\|", -1));
    long seed = Play.seed();
    int told = 0;
    for (int round = 0; round < 12; round++) {
      var hits = Play.hits(new Random(seed + round), 400, 6_000, 12_000, 6);
      var whole = new ArrayList<Crossing>();
      play(Play.windows(book), hits, 0, hits.size(), whole);

      int cut = new Random(seed - round).nextInt(hits.size());
      var parts = new ArrayList<Crossing>();
      var before = Play.windows(book, file(), LateHit.Sink.NONE);
      play(before, hits, 0, cut, parts);
      before.save(cut);
      play(before, hits, cut, hits.size(), new ArrayList<>()); // what it did then is lost
      var after = Play.windows(book, file(), LateHit.Sink.NONE);
      assertThat(after.restore(hits.size())).contains((long) cut);
      after.adopt();
      play(after, hits, cut, hits.size(), parts);

      assertThat(parts).as("cut at %d of seed %d", cut, seed + round).isEqualTo(whole);
      told += whole.size();
      Files.delete(file().orElseThrow());
    }
    assertThat(told).isPositive();
  }

  private static void play(
      Windows windows, List<Play.Seen> hits, int from, int to, List<Crossing> out) {
    for (Play.Seen hit : hits.subList(from, to)) {
      windows.accept(hit.detection(""), out::add);
      windows.advance(Detections.START.plusMillis(hit.arrived()), out::add);
      windows.flush(Instant.MAX, out::add);
    }
  }

  @Test
  void what_is_damaged_is_left_out_and_what_was_there_since_the_start_stays() throws IOException {
    var book = Play.book(COUNT);
    keep(book);
    Path kept = file().orElseThrow();
    byte[] bytes = Files.readAllBytes(kept);
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 4;
      Files.write(kept, damaged);
      assertThat(Play.windows(book, file(), LateHit.Sink.NONE).restore(9)).isEmpty();
    }
    Files.write(kept, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(Play.windows(book, file(), LateHit.Sink.NONE).restore(9)).isEmpty();
  }

  @Test
  void a_rule_that_means_something_else_begins_anew_and_the_others_go_on() {
    keep(Play.book(COUNT));
    var windows = restored(Play.book("type: event_count", "rules: [one]", "condition: {gte: 4}"));
    assertThat(windows.groups()).isZero();
    var wider = Play.book("type: event_count", "rules: [one, two]", "condition: {gte: 5}");
    assertThat(restored(wider).groups()).isZero();
    assertThat(restored(Play.book(COUNT)).groups()).isEqualTo(1);
  }

  @Test
  void a_rule_that_is_only_said_otherwise_goes_on() {
    keep(Play.book(COUNT));
    var renamed = new ArrayList<>(List.of(COUNT));
    renamed.add("generate: true");
    assertThat(restored(Play.book(renamed.toArray(String[]::new))).groups()).isEqualTo(1);
  }

  @Test
  void what_knows_more_than_the_alerts_do_is_left_out() {
    var book = Play.book(COUNT);
    keep(book);
    assertThat(Play.windows(book, file(), LateHit.Sink.NONE).restore(0)).isEmpty();
    assertThat(Play.windows(book, file(), LateHit.Sink.NONE).restore(1)).contains(1L);
  }

  private void keep(RuleBook book) {
    var windows = Play.windows(book, file(), LateHit.Sink.NONE);
    windows.accept(new Play.Seen(0, 0, 0, "one", "g", "1.0", false).detection(""), _ -> {});
    windows.flush(Instant.MAX, _ -> {});
    windows.save(1);
  }

  private Windows restored(RuleBook book) {
    var windows = Play.windows(book, file(), LateHit.Sink.NONE);
    assertThat(windows.restore(1)).contains(1L);
    windows.adopt();
    return windows;
  }
}
