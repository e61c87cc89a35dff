package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.Scope;
import mo.farol.seal.HeadForger;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that give way to others: who was given one of them can check all, and none out of turn. */
class KeyRotationTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @TempDir Path folder;
  private SealedHome home;
  private Path stolen;
  private VerifierKey first;
  private VerifierKey second;
  private VerifierKey third;

  @BeforeEach
  void rotateTwice() throws IOException {
    home = SealedHome.open(folder);
    stolen = folder.resolve("stolen.key");
    first = home.seal.key();
    seal();
    Files.copy(folder.resolve("seal.key"), stolen);
    second = home.seal.rotate().to();
    seal();
    third = home.seal.rotate().to();
    seal();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void a_home_and_its_packages_are_proven_with_any_of_the_keys_and_with_no_other() {
    for (var key : List.of(first, second, third)) {
      var verdict = SealedHome.verdict(folder, key);
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.proven()).filteredOn(line -> line.contains("gave way to")).hasSize(2);
      for (long at : List.of(5L, 25L, 45L)) {
        assertThat(check(at, key).findings()).isEmpty();
      }
    }
    var stranger = SignerKey.createWitness(first.name()).verifier();
    assertThat(check(5, stranger).findings())
        .anyMatch(line -> line.contains("is none of those that signed here"));
    assertThat(SealedHome.verdict(folder, stranger).findings())
        .anyMatch(line -> line.contains("is none of those that signed here"));
    assertThat(check(45, first).proven())
        .anyMatch(line -> line.contains("follows from the one given by 2 signed rotations"));
  }

  @Test
  void heads_cut_back_to_before_a_rotation_are_missed() throws IOException {
    home.close();
    var heads = SealedHome.sealOf(folder).resolve("heads.jsonl");
    Files.write(heads, Files.readAllLines(heads).subList(0, 1));
    assertThat(SealedHome.verdict(folder, first).findings())
        .anyMatch(line -> line.contains("though the key was changed after it"));
  }

  @Test
  void sealing_goes_on_with_the_newest_key_after_a_restart() {
    home.close();
    home = SealedHome.open(folder);
    assertThat(home.seal.key()).isEqualTo(third);
    seal();
    assertThat(SealedHome.verdict(folder, first).findings()).isEmpty();
  }

  @Test
  void an_old_key_that_signs_a_new_head_is_named_and_so_is_a_new_one_under_an_old_head()
      throws IOException {
    home.close();
    var heads = SealedHome.sealOf(folder).resolve("heads.jsonl");
    byte[] whole = Files.readAllBytes(heads);
    int last = Files.readAllLines(heads).size() - 1;

    HeadForger.sign(heads, last, stolen);
    for (var key : List.of(first, third)) {
      assertThat(SealedHome.verdict(folder, key).findings())
          .anyMatch(
              line ->
                  line.startsWith("the head of 60 events was not signed by")
                      && line.endsWith("but by a key that was not its turn"));
    }
    Files.write(heads, whole);
    HeadForger.sign(heads, 0, folder.resolve("seal.key"));
    assertThat(SealedHome.verdict(folder, first).findings())
        .anyMatch(line -> line.endsWith("but by a key that was not its turn"));
  }

  @Test
  void a_package_whose_head_an_old_key_signed_anew_is_refused() throws IOException {
    var heads = SealedHome.sealOf(folder).resolve("heads.jsonl");
    int last = Files.readAllLines(heads).size() - 1;
    HeadForger.sign(heads, last, stolen);
    assertThat(check(59, first).findings())
        .anyMatch(line -> line.endsWith("but by a key that was not its turn"));
  }

  @Test
  void a_rotation_that_is_missing_swapped_or_changed_anywhere_is_found() throws IOException {
    System.out.println("KeyRotationTest seed " + SEED);
    home.close();
    var file = SealedHome.sealOf(folder).resolve("keys.jsonl");
    byte[] whole = Files.readAllBytes(file);
    var lines = Files.readAllLines(file);
    for (var left :
        List.of(List.<String>of(), lines.subList(0, 1), lines.subList(1, 2), lines.reversed())) {
      Files.write(file, left);
      assertThat(SealedHome.verdict(folder, first).findings()).isNotEmpty();
      assertThat(SealedHome.verdict(folder, third).findings()).isNotEmpty();
    }
    var random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      byte[] flipped = whole.clone();
      int at = random.nextInt(whole.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertThat(SealedHome.verdict(folder, second).findings())
          .as("byte %d, -Dfarol.seed=%d", at, SEED)
          .isNotEmpty();
    }
    Files.write(file, whole);
    assertThat(SealedHome.verdict(folder, first).findings()).isEmpty();
  }

  @Test
  void a_rotation_that_a_crash_cut_off_is_done_or_never_was() throws IOException {
    var key = folder.resolve("seal.key");
    var draft = folder.resolve("seal.key.next");
    home.close();
    // Recorded, but not in its place: the old key still lies there.
    Files.move(key, draft);
    Files.copy(stolen, key);
    home = SealedHome.open(folder);
    assertThat(home.seal.key()).isEqualTo(third);
    assertThat(draft).doesNotExist();
    home.close();
    // Made, but not recorded.
    SignerKey.createWitness("x").write(draft);
    home = SealedHome.open(folder);
    assertThat(home.seal.key()).isEqualTo(third);
    assertThat(draft).doesNotExist();
    seal();
    assertThat(SealedHome.verdict(folder, first).findings()).isEmpty();
  }

  @Test
  void a_key_that_was_replaced_signs_no_more_though_it_lies_in_its_place_again()
      throws IOException {
    home.close();
    Files.copy(stolen, folder.resolve("seal.key"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> SealedHome.open(folder))
        .isInstanceOf(SealFault.class)
        .hasMessageContaining("restore the newest one");
  }

  private Verdict check(long at, VerifierKey key) {
    var evidence = home.prover().evidence(List.of(at), Scope.national()).orElseThrow();
    return PackageCheck.check(evidence.write(), key, List.of(), Optional.empty());
  }

  private void seal() {
    home.append(SealedHome.HARBOUR, 20);
    home.sealAll();
  }
}
