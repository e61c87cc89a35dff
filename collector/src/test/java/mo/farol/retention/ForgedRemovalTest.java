package mo.farol.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import mo.farol.event.Runs;
import mo.farol.journal.Forger;
import mo.farol.parse.ClassRules;
import mo.farol.proof.SealedHome;
import mo.farol.seal.HeadForger;
import mo.farol.seal.Removal;
import mo.farol.seal.RemovalForger;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the disk and not the key writes that frames were removed, to hide that they are gone. */
class ForgedRemovalTest {
  private static final long HIDDEN = 100;

  @TempDir Path folder;
  private SealedHome home;
  private VerifierKey key;
  private Path file;
  private Path stolen;
  private Removal suppression;

  @BeforeEach
  void sweptOnce() throws IOException {
    home = SealedHome.open(folder);
    key = home.seal.key();
    file = SealedHome.sealOf(folder).resolve("removals.jsonl");
    stolen = folder.resolve("stolen.key");
    Files.copy(folder.resolve("seal.key"), stolen);
    for (int i = 0; i < 40; i++) {
      home.append(i % 2 == 0 ? SealedHome.HARBOUR : SealedHome.FINANCE, 10);
    }
    home.sealAll();
    assertThat(sweep("finance")).isPositive();
    home.append(SealedHome.HARBOUR, 1);
    home.sealAll();
    assertThat(home.journal.closed().getLast().endSequence()).isGreaterThan(HIDDEN + 10);
    assertThat(findings()).isEmpty();
    suppression = suppression();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void a_forged_line_is_named_and_hides_nothing() throws IOException {
    home.close();
    Forger.drop(SealedHome.journalOf(folder), HIDDEN);
    var lines = Files.readAllLines(file);
    var own = folder.resolve("own.key");
    SignerKey.createWitness(key.name()).write(own);
    String unsigned = RemovalForger.unsigned(lines, suppression);
    for (String forged :
        List.of(
            unsigned,
            unsigned.replace(",\"signature\":\"\"", ""),
            RemovalForger.borrowed(lines, suppression),
            RemovalForger.signed(lines, suppression, own))) {
      append(lines, forged);
      assertThat(findings())
          .as(forged)
          .anyMatch(line -> line.startsWith("line " + (lines.size() + 1) + " of removals.jsonl"))
          .anyMatch(line -> line.equals("events 100 to 109 were dropped"));
    }
  }

  @Test
  void with_the_key_itself_such_a_line_holds_so_it_is_the_signature_that_is_missed()
      throws IOException {
    home.close();
    Forger.drop(SealedHome.journalOf(folder), HIDDEN);
    var lines = Files.readAllLines(file);
    append(lines, RemovalForger.signed(lines, suppression, folder.resolve("seal.key")));
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_line_forged_while_the_centre_runs_is_named_and_those_after_it_hold() throws IOException {
    var lines = Files.readAllLines(file);
    append(lines, RemovalForger.unsigned(lines, suppression));
    assertThat(sweep("harbour")).isPositive();
    home.append(SealedHome.HARBOUR, 1);
    home.sealAll();
    assertThat(Files.readAllLines(file)).hasSizeGreaterThan(lines.size() + 1);
    assertThat(findings())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("line " + (lines.size() + 1) + " of removals.jsonl");
  }

  @Test
  void a_centre_whose_records_were_cut_back_signs_and_removes_nothing() throws IOException {
    home.close();
    var lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));
    home = SealedHome.open(folder);
    assertThat(home.seal.isBroken()).isTrue();
    assertThat(sweep("harbour")).isZero();
  }

  @Test
  void a_head_that_the_key_did_not_sign_is_not_built_upon() throws IOException {
    home.close();
    var own = folder.resolve("own.key");
    SignerKey.createWitness(key.name()).write(own);
    HeadForger.sign(heads(), Files.readAllLines(heads()).size() - 1, own);
    home = SealedHome.open(folder);
    assertThat(home.seal.isBroken()).isTrue();
    assertThat(sweep("harbour")).isZero();
  }

  @Test
  void a_line_put_in_again_is_named() throws IOException {
    home.close();
    var lines = Files.readAllLines(file);
    append(lines, lines.getFirst());
    assertThat(findings())
        .containsExactly(
            "line %d of removals.jsonl is removal 1 again".formatted(lines.size() + 1));
  }

  @Test
  void removals_go_on_under_the_next_key_and_the_old_one_records_none_any_more()
      throws IOException {
    home.seal.rotate();
    for (int i = 0; i < 20; i++) {
      home.append(SealedHome.FINANCE, 10);
    }
    home.sealAll();
    assertThat(sweep("finance")).isPositive();
    home.close();
    assertThat(findings()).isEmpty();
    home = SealedHome.open(folder);
    assertThat(home.seal.isBroken()).isFalse();
    home.close();

    var lines = Files.readAllLines(file);
    append(lines, RemovalForger.signed(lines, suppression, stolen));
    assertThat(findings())
        .anyMatch(line -> line.startsWith("line " + (lines.size() + 1) + " of removals.jsonl"));
  }

  @Test
  void no_head_is_signed_on_top_of_a_forged_line_nor_is_anything_removed_by_it()
      throws IOException {
    home.close();
    var lines = Files.readAllLines(file);
    append(lines, RemovalForger.unsigned(lines, suppression));
    byte[] recorded = Files.readAllBytes(file);
    byte[] signed = Files.readAllBytes(heads());

    home = SealedHome.open(folder);
    assertThat(home.seal.isBroken()).isTrue();
    assertThat(home.seal.removals().of(HIDDEN)).isEmpty();
    home.append(SealedHome.HARBOUR, 10);
    assertThat(sweep("finance")).isZero();
    assertThat(sweep("harbour")).isZero();
    assertThatThrownBy(() -> home.seal.record(suppression)).isInstanceOf(SealFault.class);
    assertThat(home.journal.holding(HIDDEN)).isPresent();
    home.close();

    assertThat(Files.readAllBytes(file)).isEqualTo(recorded);
    assertThat(Files.readAllBytes(heads())).isEqualTo(signed);
  }

  @Test
  void once_the_file_is_as_it_was_the_centre_goes_on() throws IOException {
    home.close();
    var lines = Files.readAllLines(file);
    append(lines, RemovalForger.unsigned(lines, suppression));
    home = SealedHome.open(folder);
    home.append(SealedHome.HARBOUR, 10);
    home.close();

    Files.write(file, lines);
    home = SealedHome.open(folder);
    home.sealAll();
    assertThat(sweep("harbour")).isPositive();
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_tree_that_leads_to_no_head_is_seen_at_the_start_and_nothing_is_removed()
      throws IOException {
    home.close();
    var leaves = SealedHome.sealOf(folder).resolve("tree").resolve("level-0");
    byte[] bytes = Files.readAllBytes(leaves);
    bytes[bytes.length - 1] ^= 1;
    Files.write(leaves, bytes);
    home = SealedHome.open(folder);
    await().until(home.seal::isBroken);
    assertThat(sweep("harbour")).isZero();
    assertThat(home.journal.holding(HIDDEN)).isPresent();
  }

  private Removal suppression() {
    int segment =
        home.journal.closed().stream()
            .filter(part -> part.endSequence() > HIDDEN)
            .findFirst()
            .orElseThrow()
            .number();
    return Removal.of(
        Instant.now(),
        "retention.default=30d",
        "retention",
        "harbour",
        "syslog.tcp",
        segment,
        new Runs.Builder().add(HIDDEN, HIDDEN + 9).build());
  }

  private void append(List<String> lines, String line) throws IOException {
    var all = new ArrayList<>(lines);
    all.add(line);
    Files.write(file, all);
  }

  private Path heads() {
    return SealedHome.sealOf(folder).resolve("heads.jsonl");
  }

  private List<String> findings() {
    return SealedHome.verdict(folder, key).findings();
  }

  // Forty days from now, what is kept for thirty.
  private long sweep(String agency) {
    return new Retention(
            new RetentionPolicy(
                Optional.empty(), Map.of(agency, Duration.ofDays(30)), Map.of(), Map.of()),
            ClassRules.of(List.of()),
            home.journal,
            home.seal,
            _ -> true,
            () -> Long.MAX_VALUE,
            () -> Instant.now().plus(Duration.ofDays(40)),
            new SimpleMeterRegistry())
        .sweep();
  }
}
