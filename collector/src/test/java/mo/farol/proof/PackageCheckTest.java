package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import mo.farol.event.Origin;
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.seal.Authority;
import mo.farol.seal.Removal;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package on its way, and what is said of it at its end. */
class PackageCheckTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @TempDir Path folder;
  private final SignerKey witness = SignerKey.createWitness("harbour.example");
  private SealedHome home;
  private VerifierKey key;

  @BeforeEach
  void sealed() {
    home = SealedHome.open(folder, List.of(witness.verifier()), 1 << 20);
    for (int i = 0; i < 40; i++) {
      home.append(i % 4 == 0 ? SealedHome.FINANCE : SealedHome.HARBOUR, 10);
    }
    home.sealAll();
    key = home.seal.key();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void one_event_a_range_and_scattered_events_are_proven_with_the_key_alone() {
    for (var wanted : List.of(one(33), range(60, 75), List.of(3L, 4L, 5L, 200L, 399L))) {
      var verdict = check(packageOf(wanted));
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.proven()).anyMatch(line -> line.contains("received"));
    }
  }

  @Test
  void another_key_proves_nothing() {
    var other = SignerKey.createWitness("other").verifier();
    assertThat(PackageCheck.check(packageOf(one(3)).write(), other, List.of(), Optional.empty()))
        .extracting(Verdict::isProven)
        .isEqualTo(false);
  }

  @Test
  void the_journal_of_a_liar_with_a_key_of_the_same_name_proves_nothing(@TempDir Path elsewhere) {
    try (var liar = SealedHome.open(elsewhere)) {
      liar.append(SealedHome.HARBOUR, 10);
      liar.sealAll();
      var text = liar.prover().evidence(one(3), Scope.national()).orElseThrow().write();
      assertThat(PackageCheck.check(text, key, List.of(), Optional.empty()).findings())
          .anyMatch(
              line -> line.startsWith("the head of 10 events was not signed by " + key.name()));
    }
  }

  @Test
  void a_changed_dropped_added_or_moved_event_is_named() {
    assertThat(findings(range(60, 75), e -> e.set(5, renamed(e.get(5), "quiet"))))
        .containsExactly("event 65 was changed");
    assertThat(findings(range(60, 75), e -> e.remove(5))).containsExactly("event 65 was dropped");
    assertThat(findings(range(60, 75), e -> e.remove(14))).containsExactly("event 74 was dropped");
    assertThat(findings(range(60, 75), e -> e.add(5, renamed(e.get(5), "new"))))
        .contains("1 frames that were never sealed were put in before event 65");
    assertThat(findings(range(60, 75), e -> Collections.swap(e, 5, 9)))
        .anyMatch(line -> line.startsWith("event 69 was moved"))
        .noneMatch(line -> line.contains("changed"));
  }

  @Test
  void an_event_that_was_given_another_agency_or_time_or_number_is_named() {
    assertThat(findings(one(7), e -> e.set(0, ofAgency(e.get(0), "harbour"))))
        .containsExactly("event 7 was changed");
    assertThat(findings(range(6, 9), e -> e.set(1, later(e.get(1)))))
        .containsExactly("event 7 was changed");
  }

  @Test
  void what_the_scope_may_not_see_is_there_as_a_hash_only() {
    var evidence = home.prover().evidence(range(35, 45), Scope.of("harbour")).orElseThrow();

    assertThat(check(evidence).findings()).isEmpty();
    assertThat(evidence.runs().getFirst().events())
        .extracting(ProvenEvent::agency)
        .containsOnly("harbour")
        .hasSize(5);
    assertThat(check(evidence).proven()).anyMatch(line -> line.contains("it is another agency's"));
  }

  @Test
  void the_rule_by_which_another_agencys_frame_was_removed_is_not_told(@TempDir Path gone) {
    try (var other = SealedHome.openAt(gone, 3)) {
      other.append(SealedHome.FINANCE, 1);
      other.sealAll();
      other.seal.record(removalOf("finance"));

      assertThat(whys(other, Scope.of("harbour")))
          .containsExactly("withheld, it is another agency's");
      assertThat(whys(other, Scope.of("finance")))
          .containsExactly("removed by finance-30d at 2026-11-25T20:00:00Z");
    }
  }

  private static Removal removalOf(String agency) {
    var at = Instant.parse("2026-11-25T20:00:00Z");
    return Removal.of(at, agency + "-30d", "t", agency, "http", 1, Runs.parse("1+1"));
  }

  private static List<String> whys(SealedHome home, Scope scope) {
    return home.prover().evidence(one(1), scope).orElseThrow().runs().getFirst().absent().stream()
        .map(EvidencePackage.Absent::why)
        .toList();
  }

  @Test
  void a_witness_says_when_it_saw_the_head() {
    var head = home.seal.heads().covering(33).orElseThrow();
    var seen = Instant.parse("2026-11-25T20:00:00Z");
    home.seal.cosignatures().add(head, head.cosignature(witness, seen));

    var verdict =
        PackageCheck.check(
            packageOf(one(33)).write(), key, List.of(witness.verifier()), Optional.empty());
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.proven()).contains("witness harbour.example saw that head at " + seen);
  }

  @Test
  void any_byte_flipped_anywhere_in_a_package_is_found() {
    System.out.println("PackageCheckTest seed " + SEED);
    var random = new Random(SEED);
    byte[] whole = packageOf(range(60, 70)).write().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3_000; i++) {
      byte[] flipped = whole.clone();
      int at = random.nextInt(whole.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(check(new String(flipped, StandardCharsets.UTF_8)).isProven())
          .as("byte %d, -Dfarol.seed=%d", at, SEED)
          .isFalse();
    }
  }

  @Test
  void a_package_cut_short_is_found() {
    String whole = packageOf(one(60)).write();
    for (int length = 0; length < whole.length(); length += 7) {
      assertThat(check(whole.substring(0, length)).isProven()).isFalse();
    }
  }

  @Test
  void the_inclusion_path_of_one_event_is_what_any_other_verifier_needs() {
    var inclusion = home.prover().inclusion(33).orElseThrow();
    var head = inclusion.head().head();

    assertThat(
            mo.farol.seal.Merkle.root(List.of(inclusion.leaf()), 33, head.size(), inclusion.path()))
        .isEqualTo(head.root());
  }

  @Test
  void what_a_package_says_of_absent_events_is_told_as_its_own_word() {
    var claimed = claiming(packageOf(List.of(3L)), absent(4, "removed by the police"));
    assertThat(check(claimed).findings())
        .containsExactly("the package speaks of event 4, which is not among 3 to 3");
    assertThat(check(claimed).proven()).noneMatch(line -> line.contains("police"));
    assertThat(check(claiming(packageOf(one(3)), absent(3, "gone"))).findings())
        .containsExactly("the package says that event 3 is not here, but it is");
    var hidden = changed(packageOf(range(3, 5)), events -> events.remove(1));
    var excused = check(claiming(hidden, absent(4, "removed by the police")));
    assertThat(excused.findings()).isEmpty();
    assertThat(excused.proven())
        .contains(
            "event 4 is not here, only a hash; the package says: removed by the police, not"
                + " proven");
    assertThat(check(claiming(hidden, absent(4, "gone"), absent(4, "taken"))).findings())
        .containsExactly("the package says twice why event 4 is not here");
  }

  @Test
  void a_package_that_shows_no_event_proves_nothing() {
    var nothing = claiming(changed(packageOf(one(3)), List::clear), absent(3, "it is"));
    assertThat(check(nothing).findings()).containsExactly("the package shows no event");
    assertThat(check(nothing).proven()).noneMatch(line -> line.contains("as they were received"));
  }

  @Test
  void a_cosignature_or_stamp_that_was_asked_for_and_is_not_there_is_a_finding() {
    var text = packageOf(one(33)).write();
    assertThat(
            PackageCheck.check(text, key, List.of(witness.verifier()), Optional.empty()).findings())
        .containsExactly("witness harbour.example did not cosign the head");
    try (var authority = new Authority("Harbour Time")) {
      var trusted = Optional.of(authority.certificate());
      assertThat(PackageCheck.check(text, key, List.of(), trusted).findings())
          .containsExactly("the head bears no time stamp, though it was to be stamped");
    }
  }

  @Test
  void texts_whose_length_wraps_and_marks_that_do_are_refused() {
    var event = packageOf(one(3)).runs().getFirst().events().getFirst();
    String longer = "x".repeat((1 << 16) + event.agency().length());
    assertThat(findings(one(3), e -> e.set(0, ofAgency(event, longer))))
        .allMatch(line -> line.contains("bytes, more than 3072"))
        .hasSize(1);
    assertThat(findings(one(3), e -> e.set(0, marked(event, event.marks() + 256)))).hasSize(1);
  }

  @Test
  void the_longest_texts_that_a_journal_keeps_are_sealed() {
    String longest = "\u20ac".repeat(1_024);
    long at = home.journal.durable();
    home.append(new Origin(longest, longest, longest, longest, false, longest, 0, longest), 1);
    home.sealAll();
    assertThat(check(packageOf(one(at))).findings()).isEmpty();
  }

  private static EvidencePackage.Absent absent(long at, String why) {
    return new EvidencePackage.Absent(at, why);
  }

  private static EvidencePackage claiming(EvidencePackage p, EvidencePackage.Absent... absent) {
    var run = p.runs().getFirst();
    var claiming =
        new EvidencePackage.Run(
            run.from(), run.leaves(), run.path(), run.events(), List.of(absent));
    return new EvidencePackage(
        p.format(), p.key(), p.rotations(), p.head(), p.timestamp(), List.of(claiming));
  }

  private static ProvenEvent marked(ProvenEvent e, int marks) {
    return with(e, e.agency(), e.received(), marks, e.frame());
  }

  private interface Change {
    void on(List<ProvenEvent> events);
  }

  private List<String> findings(List<Long> wanted, Change change) {
    return check(changed(packageOf(wanted), change)).findings();
  }

  private static EvidencePackage changed(EvidencePackage p, Change change) {
    UnaryOperator<EvidencePackage.Run> changing =
        run -> {
          var events = new ArrayList<>(run.events());
          change.on(events);
          return new EvidencePackage.Run(
              run.from(), run.leaves(), run.path(), events, run.absent());
        };
    return new EvidencePackage(
        p.format(),
        p.key(),
        p.rotations(),
        p.head(),
        p.timestamp(),
        p.runs().stream().map(changing).toList());
  }

  private static ProvenEvent renamed(ProvenEvent e, String text) {
    String frame = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return with(e, e.agency(), e.received(), frame);
  }

  private static ProvenEvent ofAgency(ProvenEvent e, String agency) {
    return with(e, agency, e.received(), e.frame());
  }

  private static ProvenEvent later(ProvenEvent e) {
    return with(e, e.agency(), e.received() + 1, e.frame());
  }

  private static ProvenEvent with(ProvenEvent e, String agency, long received, String frame) {
    return with(e, agency, received, e.marks(), frame);
  }

  private static ProvenEvent with(
      ProvenEvent e, String agency, long received, int marks, String frame) {
    return new ProvenEvent(
        e.sequence(),
        received,
        agency,
        e.input(),
        e.peer(),
        e.lane(),
        e.format(),
        e.zone(),
        e.exercise(),
        e.year(),
        marks,
        e.salt(),
        frame);
  }

  private EvidencePackage packageOf(List<Long> wanted) {
    return home.prover().evidence(wanted, Scope.national()).orElseThrow();
  }

  private Verdict check(EvidencePackage evidence) {
    return check(evidence.write());
  }

  private Verdict check(String text) {
    return PackageCheck.check(text, key, List.of(), Optional.empty());
  }

  private static List<Long> one(long sequence) {
    return List.of(sequence);
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
