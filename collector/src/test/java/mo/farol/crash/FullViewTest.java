package mo.farol.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.journal.Answer;
import mo.farol.proof.HomeCheck;
import mo.farol.search.Asker;
import mo.farol.search.SearchRequest;
import mo.farol.store.IndexRows;
import mo.farol.wire.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of index or seal runs full while that of the journal has room: events are accepted and
 * searched on, and the view catches up by itself once there is space again.
 */
class FullViewTest {
  private static final Origin ORIGIN = Origin.live(Rooms.LASTING, "http", "192.0.2.7");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BATCH = 500;

  @TempDir private Path folder;

  private final Random random = new Random(1);
  private long sent;

  @Test
  void an_index_that_had_no_room_has_every_event_once_when_it_has_again() throws Exception {
    var home = new Home(folder);
    try (var disk = SmallDisk.mount(home.index(), 8)) {
      try (var rooms = Rooms.open(home).start()) {
        append(rooms);
        await().atMost(PATIENCE).until(() -> rooms.store().searchable() == sent);
        disk.fill(32 << 10);
        stumble(rooms, "farol_flow_stumbles_total");
        assertThat(total(rooms)).as("search goes on").isPositive();
        disk.free();
        await().atMost(PATIENCE).until(() -> rooms.store().searchable() == sent);
        assertThat(total(rooms)).isEqualTo(sent);
      }
      assertThat(LongStream.of(IndexRows.sequences(home.index())).sorted().toArray())
          .isEqualTo(LongStream.range(0, sent).toArray());
    }
  }

  @Test
  void a_seal_that_had_no_room_covers_everything_when_it_has_again() throws Exception {
    var home = new Home(folder);
    try (var disk = SmallDisk.mount(home.seal(), 1);
        var rooms = Rooms.open(home).start()) {
      append(rooms);
      await().atMost(PATIENCE).until(() -> rooms.seal().sealed() == sent);
      disk.fill(16 << 10);
      stumble(rooms, "farol_seal_faults_total");
      disk.free();
      await().atMost(PATIENCE).until(() -> rooms.seal().sealed() == sent);
      try (var check = HomeCheck.open(home.journal(), home.seal(), rooms.seal().key())) {
        assertThat(check.all().findings()).isEmpty();
      }
    }
  }

  // Appends until the view complains; all of it is kept.
  private void stumble(Rooms rooms, String counter) throws Exception {
    for (int i = 0; i < 200 && count(rooms, counter) == 0; i++) {
      append(rooms);
      Thread.sleep(Duration.ofMillis(50));
    }
    assertThat(count(rooms, counter)).isPositive();
    append(rooms);
  }

  private static double count(Rooms rooms, String counter) {
    return rooms.metrics().get(counter).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  private void append(Rooms rooms) {
    var builder = new FrameBatch.Builder();
    for (int i = 0; i < BATCH; i++) {
      byte[] text =
          ("{\"message\":\"numbered " + (sent + i) + " " + random.nextLong() + "\"}")
              .getBytes(US_ASCII);
      builder.add(text, 0, text.length, (byte) 0);
    }
    long first = Answer.append(rooms.journal(), builder.build(ORIGIN, Micros.of(Instant.now())));
    assertThat(first).isEqualTo(sent);
    sent += BATCH;
  }

  private static long total(Rooms rooms) {
    var question =
        new SearchRequest(
            "numbered", Scope.national(), Instant.EPOCH, Instant.MAX, 10, Optional.empty());
    return rooms.search().run(Asker.CENTRE, "", q -> q.find(question)).total();
  }
}
