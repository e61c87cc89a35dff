package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import mo.farol.event.Runs;
import mo.farol.journal.Forger;
import mo.farol.seal.Authority;
import mo.farol.seal.Removal;
import mo.farol.seal.SignerKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a centre says of its proofs when it is asked. */
class StandingTest {
  private static final InstantSource NOW = InstantSource.system();
  private static final Instant SEEN = Instant.parse("2026-11-25T20:00:00Z");

  @TempDir Path folder;

  @Test
  void before_the_first_event_nothing_is_signed_and_nothing_is_wrong() {
    try (var home = SealedHome.open(folder)) {
      var standing = of(home);
      assertThat(standing.head()).isEmpty();
      assertThat(standing.segments()).isEqualTo(new Standing.Segments(0, 0));
      assertThat(standing.isBroken() || standing.isLate()).isFalse();
    }
  }

  @Test
  void closed_segments_under_a_head_are_sealed_and_the_newest_is_open() {
    try (var home = SealedHome.open(folder)) {
      for (int i = 0; i < 40; i++) {
        home.append(SealedHome.HARBOUR, 10);
      }
      home.sealAll();
      var standing = of(home);
      int closed = home.journal.closed().size();
      assertThat(closed).isPositive();
      assertThat(standing.segments()).isEqualTo(new Standing.Segments(closed, 1));
      assertThat(standing.head().orElseThrow().head().size()).isEqualTo(400);
      assertThat(standing.unsealed()).isZero();
      assertThat(standing.key()).isEqualTo(home.seal.key());
    }
  }

  @Test
  void what_waits_for_a_head_is_late_once_a_head_took_too_long() {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 10);
      home.sealAll();
      home.seal.close();
      home.append(SealedHome.HARBOUR, 3);
      var soon = Standing.of(home.journal, home.seal, () -> Instant.EPOCH);
      assertThat(soon.unsealed()).isEqualTo(3);
      assertThat(soon.isLate()).isFalse();
      var later = Instant.now().plus(Duration.ofHours(1));
      var late = Standing.of(home.journal, home.seal, () -> later);
      assertThat(late.isLate()).isTrue();
      assertThat(late.waitingSince().orElseThrow()).isBefore(later);
    }
  }

  @Test
  void the_last_time_stamp_and_the_last_head_of_each_witness_are_told() {
    var court = SignerKey.createWitness("court.example");
    var other = SignerKey.createWitness("other.example");
    var witnesses = List.of(court.verifier(), other.verifier());
    try (var home = SealedHome.open(folder, witnesses, 4_000)) {
      for (int i = 0; i < 3; i++) {
        home.append(SealedHome.HARBOUR, 10);
        home.sealAll();
        var head = home.seal.heads().last().orElseThrow();
        if (i < 2) {
          home.seal.cosignatures().add(head, head.cosignature(court, SEEN.plusSeconds(i)));
        }
      }
      var standing = of(home);
      assertThat(standing.isStamped()).isFalse();
      assertThat(standing.stamp()).isEmpty();
      var seen = standing.witnesses().getFirst();
      assertThat(seen.head().orElseThrow().head().size()).isEqualTo(20);
      assertThat(seen.at()).contains(SEEN.plusSeconds(1));
      assertThat(standing.witnesses().getLast().at()).isEmpty();
    }
    try (var authority = new Authority("Harbour Time");
        var home = SealedHome.stamped(folder, authority.address())) {
      await().until(() -> home.seal.stamps().last().isPresent());
      var stamp = of(home).stamp().orElseThrow();
      assertThat(stamp.size()).isEqualTo(30);
      assertThat(stamp.stamp().orElseThrow().authority()).contains("Harbour Time");
    }
  }

  @Test
  void a_removal_is_told_and_whether_a_head_names_it() {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.FINANCE, 10);
      home.sealAll();
      var runs = new Runs.Builder();
      runs.add(2, 5);
      home.seal.record(
          Removal.of(
              Instant.now(), "retention.default=1d", "test", "finance", "http", 1, runs.build()));
      var before = of(home);
      assertThat(before.removedFrames()).isEqualTo(4);
      assertThat(before.isUnderHead(before.removals().getFirst())).isFalse();
      home.append(SealedHome.FINANCE, 1);
      home.sealAll();
      var after = of(home);
      assertThat(after.isUnderHead(after.removals().getFirst())).isTrue();
    }
  }

  @Test
  void damage_is_told_by_the_events_that_lay_there_set_aside_or_stepped_over() throws IOException {
    try (var home = SealedHome.open(folder)) {
      for (int i = 0; i < 40; i++) {
        home.append(SealedHome.HARBOUR, 10);
      }
      home.sealAll();
    }
    var segments = Forger.segments(SealedHome.journalOf(folder));
    flip(segments.getFirst(), 0.5);
    flip(segments.getLast(), 0.2);
    try (var home = SealedHome.open(folder)) {
      try (var reader = home.journal.read(0)) {
        while (reader.next(Duration.ZERO) != null) {
          assertThat(reader.reached()).isPositive();
        }
      }
      var damages = of(home).damages();
      assertThat(damages)
          .hasSize(2)
          .allSatisfy(
              damage -> {
                assertThat(damage.most()).isEqualTo(10);
                for (long at = damage.firstSequence(); at < damage.endSequence(); at++) {
                  assertThat(home.journal.holding(at)).isEmpty();
                }
              });
      assertThat(damages).extracting(d -> d.setAside().isPresent()).containsExactly(true, false);
      assertThat(damages)
          .extracting(Standing.Damage::segment)
          .containsExactly(
              segments.getLast().getFileName().toString(),
              segments.getFirst().getFileName().toString());
    }
  }

  @Test
  void a_broken_seal_says_what_is_wrong() throws IOException {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 10);
      home.sealAll();
    }
    Files.writeString(
        SealedHome.sealOf(folder).resolve("removals.jsonl"),
        "{\"number\":1}\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    try (var home = SealedHome.open(folder)) {
      var standing = of(home);
      assertThat(standing.isBroken()).isTrue();
      assertThat(standing.wrong()).singleElement().asString().contains("line 1 of removals.jsonl");
    }
  }

  @Test
  void a_head_that_can_not_be_read_is_one_more_thing_wrong_and_the_rest_is_told()
      throws IOException {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 10);
      home.sealAll();
      home.seal.close();
      var heads = SealedHome.sealOf(folder).resolve("heads.jsonl");
      Files.writeString(heads, "x".repeat((int) Files.size(heads) - 1) + "\n");
      var standing = of(home);
      assertThat(standing.isBroken()).isTrue();
      assertThat(standing.wrong()).anyMatch(sentence -> sentence.contains("heads.jsonl"));
      assertThat(standing.durable()).isEqualTo(10);
    }
  }

  private static Standing of(SealedHome home) {
    return Standing.of(home.journal, home.seal, NOW);
  }

  private static void flip(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (bytes.length * share)] ^= 1;
    Files.write(file, bytes);
  }
}
