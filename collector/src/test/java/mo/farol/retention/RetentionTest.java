package mo.farol.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.journal.Forger;
import mo.farol.proof.PackageCheck;
import mo.farol.proof.SealedHome;
import mo.farol.seal.Removal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is over is removed and recorded, and the rest is as provable as before. */
class RetentionTest {
  private static final Origin HARBOUR = SealedHome.HARBOUR;
  private static final Origin FINANCE = SealedHome.FINANCE;

  @TempDir Path folder;
  private final List<List<Long>> forgotten = new ArrayList<>();
  private boolean forgets = true;
  private SealedHome home;

  @BeforeEach
  void open() {
    home = SealedHome.open(folder);
    for (int i = 0; i < 40; i++) {
      home.append(i % 2 == 0 ? HARBOUR : FINANCE, 10);
    }
    home.sealAll();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void an_agencys_frames_go_when_their_time_is_over_and_the_others_stay() {
    long removed = retention(agencies("finance", 30)).sweep();

    assertThat(removed)
        .isPositive()
        .isEqualTo(home.seal.removals().all().stream().mapToLong(Removal::frames).sum());
    long end = home.journal.closed().getLast().endSequence();
    for (long at = 0; at < 400; at++) {
      boolean isFinance = at / 10 % 2 == 1;
      assertThat(home.journal.holding(at).isPresent())
          .as("event %d", at)
          .isEqualTo(!isFinance || at >= end);
    }
    assertThat(forgotten.getFirst()).isEqualTo(List.of(10L, 19L));
  }

  @Test
  void the_home_is_still_proven_and_says_what_was_removed() {
    retention(agencies("finance", 30)).sweep();

    var verdict = SealedHome.verdict(folder, home.seal.key());
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.proven())
        .anyMatch(line -> line.contains("by retention.agencies: finance=30d"))
        .anyMatch(line -> line.contains("are as they were received"));

    var evidence = home.prover().evidence(List.of(9L, 10L, 11L), Scope.national()).orElseThrow();
    var check = PackageCheck.check(evidence.write(), home.seal.key(), List.of(), Optional.empty());
    assertThat(check.findings()).isEmpty();
    assertThat(check.proven())
        .anyMatch(
            line ->
                line.startsWith(
                        "event 10 is not here, only a hash; the package says: removed by"
                            + " retention.agencies: finance")
                    && line.endsWith(", not proven"));
  }

  @Test
  void what_is_removed_is_on_the_disk_no_more() throws IOException {
    var secret = "the patient's name is on no disk";
    home.append(FrameBatch.ofTexts(FINANCE, Instant.now(), secret));
    for (int i = 0; i < 10; i++) {
      home.append(HARBOUR, 200);
    }
    home.sealAll();
    assertThat(onDisk(secret)).isTrue();

    retention(agencies("finance", 30)).sweep();

    assertThat(onDisk(secret)).isFalse();
  }

  @Test
  void the_most_exact_rule_holds() {
    var policy =
        new RetentionPolicy(
            Optional.of(Duration.ofDays(10)),
            Map.of("finance", Duration.ofDays(20)),
            Map.of("http", Duration.ofDays(15), "finance/http", Duration.ofDays(30)));
    assertThat(policy.of("finance", "http").orElseThrow().keep()).isEqualTo(Duration.ofDays(30));
    assertThat(policy.of("finance", "relp").orElseThrow().keep()).isEqualTo(Duration.ofDays(20));
    assertThat(policy.of("harbour", "http").orElseThrow().keep()).isEqualTo(Duration.ofDays(15));
    assertThat(policy.of("harbour", "relp").orElseThrow().keep()).isEqualTo(Duration.ofDays(10));
    assertThat(RetentionPolicy.forEver().of("harbour", "relp")).isEmpty();
  }

  @Test
  void a_segment_of_which_nothing_is_left_shrinks_to_its_header() throws IOException {
    retention(everything(30)).sweep();

    assertThat(Files.size(Forger.segments(SealedHome.journalOf(folder)).getFirst())).isEqualTo(64);
    home.append(HARBOUR, 10);
    home.sealAll();
    assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
    home.close();
    home = SealedHome.open(folder);
    assertThat(home.journal.durable()).isEqualTo(410);
    assertThat(home.journal.holding(405)).isPresent();
  }

  @Test
  void nothing_goes_before_its_time_or_before_every_view_has_seen_it() {
    assertThat(retention(everything(41)).sweep()).isZero();
    assertThat(retention(everything(30), 0).sweep()).isZero();
    assertThat(home.seal.removals().all()).isEmpty();
  }

  @Test
  void a_removal_that_a_crash_cut_off_is_finished_and_not_recorded_twice() {
    forgets = false;
    assertThat(retention(agencies("finance", 30)).sweep()).isZero();
    var recorded = home.seal.removals().all();
    assertThat(recorded).isNotEmpty();
    assertThat(home.journal.holding(10)).isPresent();
    home.close();

    home = SealedHome.open(folder);
    forgets = true;
    assertThat(retention(agencies("finance", 30)).sweep()).isPositive();
    assertThat(home.journal.holding(10)).isEmpty();
    assertThat(home.seal.removals().all().subList(0, recorded.size())).isEqualTo(recorded);
    var firsts = home.seal.removals().all().stream().map(r -> r.runs().getFirst().getFirst());
    assertThat(firsts.toList()).doesNotHaveDuplicates();
  }

  @Test
  void a_reader_that_is_under_way_is_not_disturbed() {
    try (var reader = home.journal.read(0)) {
      long next = 0;
      for (var block = reader.next(Duration.ZERO); block != null; ) {
        assertThat(block.firstSequence()).isGreaterThanOrEqualTo(next);
        if (next == 50) {
          retention(agencies("finance", 30)).sweep();
        }
        next = block.nextSequence();
        block = reader.next(Duration.ZERO);
      }
      assertThat(next).isEqualTo(400);
    }
  }

  @Test
  void a_record_that_was_changed_dropped_or_cut_off_is_found() throws IOException {
    retention(agencies("finance", 30)).sweep();
    home.append(HARBOUR, 1);
    home.sealAll(); // a head that knows the removals
    var file = SealedHome.sealOf(folder).resolve("removals.jsonl");
    var lines = Files.readAllLines(file);
    assertThat(lines).hasSizeGreaterThan(1);
    var key = home.seal.key();

    Files.writeString(file, String.join("\n", lines).replaceFirst("finance", "harbour") + "\n");
    assertThat(SealedHome.verdict(folder, key).findings()).isNotEmpty();
    Files.write(file, lines.subList(1, lines.size()));
    assertThat(SealedHome.verdict(folder, key).findings()).isNotEmpty();
    Files.write(file, lines.subList(0, lines.size() - 1));
    assertThat(SealedHome.verdict(folder, key).findings())
        .anyMatch(f -> f.contains("are not all in removals.jsonl"));
    Files.write(file, lines);
    assertThat(SealedHome.verdict(folder, key).findings()).isEmpty();
  }

  private boolean onDisk(String text) throws IOException {
    for (Path file : Forger.segments(SealedHome.journalOf(folder))) {
      if (new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static RetentionPolicy agencies(String agency, int days) {
    return new RetentionPolicy(Optional.empty(), Map.of(agency, Duration.ofDays(days)), Map.of());
  }

  private static RetentionPolicy everything(int days) {
    return new RetentionPolicy(Optional.of(Duration.ofDays(days)), Map.of(), Map.of());
  }

  private Retention retention(RetentionPolicy policy) {
    return retention(policy, Long.MAX_VALUE);
  }

  // Forty days from now.
  private Retention retention(RetentionPolicy policy, long seen) {
    return new Retention(
        policy,
        home.journal,
        home.seal,
        runs -> {
          forgotten.addAll(runs);
          return forgets;
        },
        () -> seen,
        () -> Instant.now().plus(Duration.ofDays(40)),
        new SimpleMeterRegistry());
  }
}
