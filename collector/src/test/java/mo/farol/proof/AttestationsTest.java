package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.seal.Authority;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What witnesses and a time-stamping authority said of the heads of a home. */
class AttestationsTest {
  private static final Instant SEEN = Instant.parse("2026-11-25T20:00:00Z");

  @TempDir Path folder;
  private final SignerKey court = SignerKey.createWitness("court.example");
  private final SignerKey other = SignerKey.createWitness("other.example");
  private VerifierKey key = court.verifier();

  @Test
  void a_witness_is_told_with_the_last_head_it_saw_and_one_that_saw_none_is_a_finding() {
    witnessed();
    var verdict = SealedHome.verdict(folder, key, List.of(court.verifier()), Optional.empty());
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.proven())
        .contains(
            "witness court.example cosigned 2 heads, the last one that of 20 events at " + SEEN);
    assertThat(
            SealedHome.verdict(
                    folder, key, List.of(court.verifier(), other.verifier()), Optional.empty())
                .findings())
        .containsExactly("witness other.example cosigned no head");
  }

  @Test
  void a_line_that_was_changed_or_put_over_another_head_is_named_with_the_head()
      throws IOException {
    witnessed();
    var file = SealedHome.sealOf(folder).resolve("cosignatures.jsonl");
    var lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(1).replace("\"size\":20", "\"size\":10"), lines.get(1)));
    assertThat(findings())
        .containsExactly(
            "the line of witness court.example over the head of 10 events does not hold");
    Files.writeString(file, "{}\n");
    assertThat(findings()).anyMatch(line -> line.startsWith("cosignatures.jsonl: a line can't"));
  }

  @Test
  void heads_cut_back_to_before_one_that_a_witness_saw_are_found() throws IOException {
    witnessed();
    var file = SealedHome.sealOf(folder).resolve("heads.jsonl");
    var lines = new ArrayList<>(Files.readAllLines(file));
    Files.write(file, lines.subList(0, 1));
    assertThat(SealedHome.verdict(folder, key).findings())
        .contains("a witness cosigned a head of 20 events, which is not there any more");
  }

  @Test
  void a_range_needs_a_head_above_it_that_the_witness_saw() {
    witnessed();
    try (var check = check(List.of(court.verifier()))) {
      assertThat(check.range(3, 8).findings()).isEmpty();
    }
    try (var check = check(List.of(court.verifier()))) {
      var verdict = check.range(12, 20);
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.proven())
          .contains("witness court.example saw the head of 20 events at " + SEEN);
    }
    try (var check = check(List.of(court.verifier()))) {
      assertThat(check.range(22, 28).findings())
          .containsExactly("witness court.example saw no head that covers these events");
    }
  }

  @Test
  void a_time_stamp_of_another_authority_or_of_another_head_is_named_with_the_head()
      throws IOException {
    try (var authority = new Authority("Harbour Time");
        var stranger = new Authority("Other Time");
        var home = SealedHome.stamped(folder, authority.address())) {
      key = home.seal.key();
      for (int size : List.of(10, 20)) {
        home.append(SealedHome.HARBOUR, 10);
        home.sealAll();
        await().until(() -> home.seal.stamps().of(size).isPresent());
      }
      var good = SealedHome.verdict(folder, key, List.of(), Optional.of(authority.certificate()));
      assertThat(good.findings()).isEmpty();
      assertThat(good.proven())
          .anyMatch(line -> line.startsWith("the time-stamping authority stamped 2 heads"));
      assertThat(
              SealedHome.verdict(folder, key, List.of(), Optional.of(stranger.certificate()))
                  .findings())
          .hasSize(2)
          .anyMatch(
              line ->
                  line.startsWith("the time stamp of the head of 10 events is of CN=Harbour Time"));
      try (var check =
          HomeCheck.open(
              SealedHome.journalOf(folder),
              SealedHome.sealOf(folder),
              key,
              List.of(),
              Optional.of(stranger.certificate()))) {
        assertThat(check.range(3, 5).findings())
            .containsExactly("the time-stamping authority saw no head that covers these events");
      }
    }
    var file = SealedHome.sealOf(folder).resolve("stamps.jsonl");
    var lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(1).replace("\"size\":20", "\"size\":10")));
    assertThat(findings())
        .anyMatch(line -> line.startsWith("the time stamp of the head of 10 events does not hold"));
  }

  // Heads of 10, 20 and 30 events, of which a witness saw the first two.
  private void witnessed() {
    try (var home = SealedHome.open(folder, List.of(court.verifier()), 4_000)) {
      key = home.seal.key();
      for (int i = 0; i < 3; i++) {
        home.append(SealedHome.HARBOUR, 10);
        home.sealAll();
        var head = home.seal.heads().last().orElseThrow();
        if (i < 2) {
          home.seal.cosignatures().add(head, head.cosignature(court, SEEN));
        }
      }
    }
  }

  private List<String> findings() {
    return SealedHome.verdict(folder, key, List.of(court.verifier()), Optional.empty()).findings();
  }

  private HomeCheck check(List<VerifierKey> witnesses) {
    return HomeCheck.open(
        SealedHome.journalOf(folder), SealedHome.sealOf(folder), key, witnesses, Optional.empty());
  }
}
