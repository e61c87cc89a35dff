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
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.journal.Forger;
import mo.farol.journal.Salt;
import mo.farol.parse.ClassRules;
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

  private static final ClassRules CLASSES =
      ClassRules.of(List.of("* * log.syslog.appname:sshd|su* access", "harbour * * pier"));

  @TempDir Path folder;
  private final List<Runs> forgotten = new ArrayList<>();
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
    assertThat(forgotten.getFirst().first(0)).isEqualTo(10);
    assertThat(forgotten.getFirst().last(0)).isEqualTo(19);
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
            Map.of("http", Duration.ofDays(15), "finance/http", Duration.ofDays(30)),
            Map.of("network", Duration.ofDays(5), "finance/network", Duration.ofDays(40)));
    assertThat(policy.of("finance", "http", "").orElseThrow().keep())
        .isEqualTo(Duration.ofDays(30));
    assertThat(policy.of("finance", "relp", "").orElseThrow().keep())
        .isEqualTo(Duration.ofDays(20));
    assertThat(policy.of("harbour", "http", "").orElseThrow().keep())
        .isEqualTo(Duration.ofDays(15));
    assertThat(policy.of("harbour", "relp", "").orElseThrow().keep())
        .isEqualTo(Duration.ofDays(10));
    assertThat(policy.of("finance", "http", "network").orElseThrow().keep())
        .isEqualTo(Duration.ofDays(40));
    assertThat(policy.of("harbour", "http", "network").orElseThrow().name())
        .isEqualTo("retention.classes: network=5d");
    assertThat(RetentionPolicy.forEver().of("harbour", "relp", "network")).isEmpty();
  }

  @Test
  void a_class_of_data_goes_frame_by_frame_and_all_that_stays_is_as_provable_as_before() {
    long first = home.journal.durable();
    for (int i = 0; i < 40; i++) {
      home.append(
          FrameBatch.ofTexts(
              FINANCE,
              Instant.now(),
              line("nginx", "GET /" + i),
              line("sshd", "Accepted password for ana from 192.0.2." + i),
              line("sudo", "ana : COMMAND=/bin/ls"),
              line("nginx", "POST /" + i + "x".repeat(200))));
    }
    home.sealAll();
    long end = home.journal.closed().getLast().endSequence();
    assertThat(end).isGreaterThan(first + 40);

    assertThat(retention(classes(Map.of("access", Duration.ofDays(30)))).sweep())
        .isEqualTo((end - first) / 4 * 2);
    for (long at = first; at < end; at++) {
      boolean isAccess = (at - first) % 4 == 1 || (at - first) % 4 == 2;
      assertThat(home.journal.holding(at).isPresent()).as("event %d", at).isEqualTo(!isAccess);
    }
    // With the block's salt somebody could try what the frames were that are gone.
    assertThat(home.journal.holding(first).orElseThrow().salt()).isInstanceOf(Salt.OfFrames.class);
    var verdict = SealedHome.verdict(folder, home.seal.key());
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.proven())
        .anyMatch(line -> line.contains("by retention.classes: access=30d"));
    var evidence =
        home.prover().evidence(List.of(first, first + 1), Scope.national()).orElseThrow();
    var check = PackageCheck.check(evidence.write(), home.seal.key(), List.of(), Optional.empty());
    assertThat(check.findings()).isEmpty();
  }

  @Test
  void what_the_origin_tells_needs_no_reading_and_what_no_rule_fits_is_of_no_class() {
    var policy = classes(Map.of("pier", Duration.ofDays(30)));
    assertThat(retention(policy).sweep()).isPositive();
    long end = home.journal.closed().getLast().endSequence();
    for (long at = 0; at < end; at += 10) {
      assertThat(home.journal.holding(at).isPresent()).isEqualTo(at / 10 % 2 == 1);
    }
  }

  @Test
  void a_class_removal_that_a_crash_cut_off_is_finished_frame_by_frame() {
    for (int i = 0; i < 40; i++) {
      home.append(
          FrameBatch.ofTexts(
              FINANCE, Instant.now(), line("nginx", "x".repeat(200)), line("sshd", "y" + i)));
    }
    home.sealAll();
    var policy = classes(Map.of("access", Duration.ofDays(30)));
    forgets = false;
    assertThat(retention(policy).sweep()).isZero();
    long recorded = home.seal.removals().tip().count();
    assertThat(recorded).isPositive();
    home.close();

    home = SealedHome.open(folder);
    forgets = true;
    assertThat(retention(policy).sweep()).isPositive();
    assertThat(home.seal.removals().all().subList(0, (int) recorded))
        .allMatch(r -> home.journal.holding(r.sequences().first(0)).isEmpty());
    assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
  }

  @Test
  void closed_segments_are_packed_though_nothing_is_ever_removed() {
    assertThat(home.journal.closed()).noneMatch(home.journal::isPacked);
    assertThat(retention(RetentionPolicy.forEver()).sweep()).isZero();

    assertThat(home.journal.closed()).isNotEmpty().allMatch(home.journal::isPacked);
    assertThat(SealedHome.verdict(folder, home.seal.key()).findings()).isEmpty();
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
  void a_segment_that_began_while_the_clock_was_ahead_loses_what_is_over() {
    home.close();
    home = SealedHome.open(folder);
    long first = home.journal.durable();
    home.append(FrameBatch.ofTexts(FINANCE, Instant.now().plus(Duration.ofDays(3_650)), "ahead"));
    home.append(FINANCE, 10);
    home.close();
    home = SealedHome.open(folder);
    home.append(HARBOUR, 1);
    home.sealAll();
    retention(agencies("finance", 30)).sweep();

    assertThat(home.journal.holding(first)).isPresent();
    assertThat(home.journal.holding(first + 1)).isEmpty();
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
    var firsts = home.seal.removals().all().stream().map(r -> r.sequences().first(0));
    assertThat(firsts.toList()).doesNotHaveDuplicates();
  }

  @Test
  void a_tree_lost_after_a_removal_is_told_with_what_nothing_can_bring_back() throws IOException {
    retention(agencies("finance", 30)).sweep();
    var key = home.seal.key();
    home.close();
    Files.delete(SealedHome.sealOf(folder).resolve("tree").resolve("level-0"));

    assertThat(SealedHome.verdict(folder, key).findings())
        .anyMatch(line -> line.contains("the leaves of those are nowhere else"))
        .anyMatch(line -> line.contains("not every frame is there to make it again"))
        .noneMatch(line -> line.contains("changed alike"));
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

  private static String line(String program, String text) {
    return "<38>1 - pier " + program + " 7 - - " + text;
  }

  private static RetentionPolicy classes(Map<String, Duration> times) {
    return new RetentionPolicy(Optional.empty(), Map.of(), Map.of(), times);
  }

  private static RetentionPolicy agencies(String agency, int days) {
    return new RetentionPolicy(
        Optional.empty(), Map.of(agency, Duration.ofDays(days)), Map.of(), Map.of());
  }

  private static RetentionPolicy everything(int days) {
    return new RetentionPolicy(Optional.of(Duration.ofDays(days)), Map.of(), Map.of(), Map.of());
  }

  private Retention retention(RetentionPolicy policy) {
    return retention(policy, Long.MAX_VALUE);
  }

  // Forty days from now.
  private Retention retention(RetentionPolicy policy, long seen) {
    return new Retention(
        policy,
        CLASSES,
        home.journal,
        home.seal,
        runs -> {
          forgotten.add(runs);
          return forgets;
        },
        () -> seen,
        () -> Instant.now().plus(Duration.ofDays(40)),
        new SimpleMeterRegistry());
  }
}
