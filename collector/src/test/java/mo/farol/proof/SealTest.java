package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.Scope;
import mo.farol.seal.Heads;
import mo.farol.seal.Merkle;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignedHead;
import mo.farol.seal.SignerKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seal as it runs: heads, restarts, gaps, witnesses. */
class SealTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  void two_hundred_thousand_frames_are_sealed_and_proven() {
    System.out.println("SealTest seed " + SEED);
    var random = new Random(SEED);
    try (var home = SealedHome.open(folder, List.of(), 2 << 20)) {
      while (home.journal.durable() < 200_000) {
        home.append(
            random.nextBoolean() ? SealedHome.HARBOUR : SealedHome.FINANCE,
            1 + random.nextInt(1_000));
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> home.seal.sealed() == home.journal.durable());

      for (int i = 0; i < 200; i++) {
        long at = random.nextLong(home.journal.durable());
        var proof = home.prover().inclusion(at).orElseThrow();
        var head = proof.head().head();
        assertThat(Merkle.root(List.of(proof.leaf()), at, head.size(), proof.path()))
            .as("event %d, -Dfarol.seed=%d", at, SEED)
            .isEqualTo(head.root());
      }
      assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
    }
  }

  @Test
  void heads_over_many_restarts_are_one_history() {
    var sizes = new ArrayList<Long>();
    for (int life = 0; life < 6; life++) {
      try (var home = SealedHome.open(folder)) {
        home.append(SealedHome.HARBOUR, 300);
        sizes.add(home.journal.durable());
      }
    }
    try (var home = SealedHome.open(folder)) {
      for (long size : sizes) {
        assertThat(home.seal.heads().ofSize(size)).as("a last head at the end").isPresent();
      }
      assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
    }
  }

  @Test
  void every_head_follows_from_every_earlier_one_by_its_consistency_proof() {
    try (var home = SealedHome.open(folder)) {
      for (int i = 0; i < 8; i++) {
        home.append(SealedHome.HARBOUR, 37);
        home.sealAll();
      }
      var heads = new ArrayList<SignedHead>();
      home.seal.heads().forEachLine(line -> heads.add(Heads.read(line)));
      assertThat(heads).hasSizeGreaterThan(7);
      for (var first : heads) {
        for (var second : heads) {
          var a = first.head();
          var b = second.head();
          if (a.size() <= b.size()) {
            var proof = home.seal.consistency(a.size(), b.size());
            assertThat(Merkle.isConsistent(a.size(), a.root(), b.size(), b.root(), proof)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void sequences_that_were_never_given_have_leaves_that_say_so() {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 20);
      home.sealAll();
    }
    try (var home = SealedHome.openAt(folder, 50)) {
      home.append(SealedHome.HARBOUR, 20);
      home.sealAll();

      assertThat(home.seal.sealed()).isEqualTo(70);
      assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
      var evidence = home.prover().evidence(List.of(19L, 20L, 55L), Scope.national()).orElseThrow();
      var verdict =
          PackageCheck.check(evidence.write(), home.seal.key(), List.of(), Optional.empty());
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.proven()).anyMatch(line -> line.startsWith("event 20 is not here"));
    }
  }

  @Test
  void the_first_head_that_covers_an_event_is_found_among_thousands() {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 5);
      for (int i = 0; i < 60; i++) {
        home.append(SealedHome.HARBOUR, 3);
        home.sealAll();
      }
      var heads = new ArrayList<SignedHead>();
      home.seal.heads().forEachLine(line -> heads.add(Heads.read(line)));
      for (long at = 0; at < home.journal.durable(); at++) {
        long wanted = at;
        long size =
            heads.stream().mapToLong(h -> h.head().size()).filter(s -> s > wanted).min().orElse(-1);
        assertThat(home.seal.heads().covering(at).orElseThrow().head().size()).isEqualTo(size);
      }
      assertThat(home.seal.heads().covering(home.journal.durable())).isEmpty();
    }
  }

  @Test
  void a_witness_line_is_taken_once_and_only_from_a_witness_that_is_known() {
    var known = SignerKey.createWitness("court.example");
    var unknown = SignerKey.createWitness("court.example");
    try (var home = SealedHome.open(folder, List.of(known.verifier()), 4_000)) {
      home.append(SealedHome.HARBOUR, 5);
      home.sealAll();
      var head = home.seal.heads().last().orElseThrow();
      var now = Instant.parse("2026-11-25T21:00:00Z");
      var cosignatures = home.seal.cosignatures();
      assertThatThrownBy(() -> cosignatures.add(head, head.cosignature(unknown, now)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> cosignatures.add(head, "\n\nnonsense"))
          .isInstanceOf(IllegalArgumentException.class);

      cosignatures.add(head, head.cosignature(known, now));
      cosignatures.add(head, head.cosignature(known, now.plusSeconds(9)));
      assertThat(cosignatures.onto(head).seenBy(known.verifier())).contains(now);
      assertThat(cosignatures.onto(head).note().lines().filter(l -> l.startsWith("— court")))
          .hasSize(1);
    }
  }

  @Test
  void a_key_is_its_owners_alone_and_never_made_again_over_heads_of_another() throws IOException {
    var key = folder.resolve("seal.key");
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 5);
      home.sealAll();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
    Files.delete(key);
    assertThatThrownBy(() -> SealedHome.open(folder))
        .isInstanceOf(SealFault.class)
        .hasMessageContaining("restore it");
  }

  @Test
  void a_head_that_a_crash_tore_is_no_head_and_the_next_start_signs_it_again() throws IOException {
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 50);
      home.sealAll();
    }
    var file = SealedHome.sealOf(folder).resolve("heads.jsonl");
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 1; cut < 60; cut += 7) {
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      try (var home = SealedHome.open(folder)) {
        home.sealAll();
        assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
      }
    }
  }
}
