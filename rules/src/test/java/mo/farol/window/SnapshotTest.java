package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
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
  private long sequence;

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
    Files.write(kept, Arrays.copyOf(bytes, bytes.length / 2));
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

  @Test
  void who_hangs_back_is_known_after_a_restart_and_waited_for() {
    var book = Play.book("type: farol_absence", "rules: [one]");
    var out = new ArrayList<Crossing>();
    var before = Play.windows(book, file(), LateHit.Sink.NONE);
    for (long second = 0; second <= 600; second += 5) {
      hit(before, "prompt", "p", second, second, out);
      hit(before, "slow", "s", second - 280, second, out);
      before.advance(time(second), out::add);
    }
    before.save(1);
    assertThat(out).isEmpty();

    var after = restored(book);
    hit(after, "prompt", "p", 605, 7_200, out);
    after.advance(time(7_200), out::add);
    hit(after, "prompt", "p", 7_201, 7_201, out);
    after.advance(time(7_201), out::add);
    after.advance(time(7_260), out::add);
    assertThat(out).as("it may wait at the slow one").isEmpty();
    for (long second = 325; second <= 605; second += 5) {
      hit(after, "slow", "s", second, 7_270, out);
    }
    after.advance(time(7_271), out::add);
    after.advance(time(7_600), out::add);
    assertThat(out).extracting(Crossing::firstAt).contains(time(605)).doesNotContain(time(320));
  }

  private void hit(
      Windows windows, String host, String group, long at, long receivedAt, List<Crossing> out) {
    var fields = Map.of("g", group, "v", "1");
    windows.accept(
        Detections.of(
            "agency-a", host, "", at * 1_000, time(receivedAt), sequence++, "one", fields),
        out::add);
  }

  private static Instant time(long seconds) {
    return Detections.START.plusSeconds(seconds);
  }

  @Test
  void a_file_of_the_format_before_is_left_out() throws IOException {
    var book = Play.book(COUNT);
    keep(book);
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file().orElseThrow()));
    assertThat(bytes.getLong(0)).isEqualTo(0x4641524F4C570003L);
    bytes.putLong(0, 0x4641524F4C570002L);
    var crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.capacity() - Long.BYTES);
    bytes.putLong(bytes.capacity() - Long.BYTES, crc.getValue());
    Files.write(file().orElseThrow(), bytes.array());
    var windows = Play.windows(book, file(), LateHit.Sink.NONE);
    assertThat(windows.restore(9)).isEmpty();
    windows.adopt();
    assertThat(windows.groups()).isZero();
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
