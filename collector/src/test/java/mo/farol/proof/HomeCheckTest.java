package mo.farol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import mo.farol.event.Rounds;
import mo.farol.journal.Forger;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that was sealed, and what is said of it after somebody had it in their hands. */
@Tag("rounds")
class HomeCheckTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  /** What a home was when it was sealed. */
  private record Sealed(Path home, VerifierKey key, long count) {}

  // One of each class: every test has a copy of it in its hands.
  private static final Map<Class<?>, Sealed> SEALED = new HashMap<>();

  @TempDir static Path once;
  @TempDir Path folder;
  private VerifierKey key;
  private long count;

  @BeforeEach
  void sealed() throws IOException {
    var sealed = SEALED.computeIfAbsent(getClass(), _ -> seal(once));
    key = sealed.key();
    count = sealed.count();
    try (Stream<Path> all = Files.walk(sealed.home())) {
      for (var each : all.filter(path -> !path.equals(sealed.home())).toList()) {
        var copy = folder.resolve(sealed.home().relativize(each));
        Files.copy(each, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private Sealed seal(Path at) {
    try (var home = SealedHome.open(at)) {
      for (int i = 0; i < 60; i++) {
        home.append(i % 3 == 0 ? SealedHome.FINANCE : SealedHome.HARBOUR, 1 + i % 12);
        if (i % 20 == 19) {
          home.sealAll();
        }
      }
      home.sealAll();
      var sealed = new Sealed(at, home.seal.key(), home.journal.durable());
      afterwards(home);
      return sealed;
    }
  }

  /** What else is done to the home before somebody has it in their hands. */
  void afterwards(SealedHome home) {}

  @Test
  void a_home_nobody_touched_is_proven_whole_by_range_and_by_segment() {
    assertThat(check().findings()).isEmpty();
    assertThat(check().proven().getLast())
        .contains("events 0 to " + (count - 1) + " are as they were received");
    try (var check = open()) {
      assertThat(check.range(17, 30).findings()).isEmpty();
      assertThat(check.segment(2).findings()).isEmpty();
    }
  }

  @Test
  void what_could_not_be_cut_off_a_segment_that_was_given_up_is_no_damage() throws IOException {
    var given = Forger.segments(SealedHome.journalOf(folder)).getFirst();
    byte[] torn = new byte[300];
    new Random(4).nextBytes(torn);
    Files.write(given, torn, java.nio.file.StandardOpenOption.APPEND);
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void how_many_events_came_after_the_last_head_is_told() throws IOException {
    var heads = SealedHome.sealOf(folder).resolve("heads.jsonl");
    var lines = Files.readAllLines(heads);
    Files.write(heads, lines.subList(0, lines.size() - 1));
    long sealed = mo.farol.seal.Heads.read(lines.get(lines.size() - 2)).head().size();
    assertThat(check().proven())
        .contains(
            "events %d to %d came after the last signed head: nothing is proven of them"
                .formatted(sealed, count - 1));
  }

  @Test
  void a_changed_frame_is_named() throws IOException {
    forge(100, frames -> frames.set(at(frames, 100), "<13>1 - pier - - - - quiet".getBytes(UTF_8)));

    assertThat(check().findings()).containsExactly("event 100 was changed");
    try (var check = open()) {
      assertThat(check.range(95, 105).findings()).containsExactly("event 100 was changed");
    }
  }

  @Test
  void a_dropped_frame_is_named() throws IOException {
    forge(100, frames -> frames.remove(at(frames, 100)));

    assertThat(check().findings()).containsExactly("event 100 was dropped");
  }

  @Test
  void a_frame_put_in_is_named() throws IOException {
    forge(100, frames -> frames.add(at(frames, 100), "<13>1 - pier - - - - new".getBytes(UTF_8)));

    assertThat(check().findings())
        .containsExactly("1 frames that were never sealed were put in before event 100");
  }

  @Test
  void a_copied_frame_is_named() throws IOException {
    forge(100, frames -> frames.add(at(frames, 100) + 1, frames.get(at(frames, 100))));

    assertThat(check().findings()).isNotEmpty();
  }

  @Test
  void two_frames_that_changed_places_are_named() throws IOException {
    forge(100, frames -> Collections.swap(frames, at(frames, 100), at(frames, 100) + 1));

    assertThat(check().findings())
        .hasSize(1)
        .first()
        .asString()
        .matches("event 10[01] was moved.*");
  }

  @Test
  void a_whole_block_taken_out_is_named() throws IOException {
    Forger.drop(SealedHome.journalOf(folder), 100);

    assertThat(check().findings()).hasSize(1).first().asString().matches("events .* were dropped");
  }

  @Test
  void a_whole_segment_taken_away_is_named() throws IOException {
    var files = Forger.segments(SealedHome.journalOf(folder));
    Files.delete(files.get(1));

    assertThat(check().findings()).isNotEmpty().allMatch(f -> f.matches("events .* dropped"));
  }

  @Test
  void frames_and_leaves_changed_alike_do_not_lead_to_the_head() throws IOException {
    forge(100, frames -> frames.set(at(frames, 100), "quiet".getBytes(UTF_8)));
    // With nothing but the disk the thief makes a tree of the new frames, but can't sign its head.
    var heads = SealedHome.sealOf(folder).resolve("heads.jsonl");
    byte[] signed = Files.readAllBytes(heads);
    delete(SealedHome.sealOf(folder).resolve("tree"));
    Files.delete(heads);
    try (var home = SealedHome.open(folder)) {
      home.sealAll();
    }
    Files.write(heads, signed);

    assertThat(check().findings()).anyMatch(f -> f.contains("do not lead to the head of"));
  }

  @Test
  void after_such_a_change_no_further_head_is_signed() throws IOException {
    forge(100, frames -> frames.set(at(frames, 100), "quiet".getBytes(UTF_8)));
    delete(SealedHome.sealOf(folder).resolve("tree"));
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 5);
      await().until(home.seal::isBroken);
      assertThat(home.seal.sealed()).isEqualTo(count);
    }
  }

  @Test
  void a_head_of_another_key_an_old_head_and_swapped_heads_are_named() throws IOException {
    var file = SealedHome.sealOf(folder).resolve("heads.jsonl");
    var lines = Files.readAllLines(file);
    assertThat(lines).hasSizeGreaterThan(2);
    var replayed = new ArrayList<>(lines);
    replayed.add(lines.getFirst());
    Files.write(file, replayed);
    assertThat(check().findings()).anyMatch(f -> f.contains("an old head was put in again"));

    var swapped = new ArrayList<>(lines);
    Collections.swap(swapped, 0, 1);
    Files.write(file, swapped);
    assertThat(check().findings()).anyMatch(f -> f.contains("an old head was put in again"));

    Files.write(file, lines);
    var stranger = SignerKey.createWitness("other").verifier();
    assertThat(SealedHome.verdict(folder, stranger).findings())
        .anyMatch(f -> f.contains("was not signed by other"));
  }

  @Test
  void a_removed_tree_is_made_again_bit_for_bit() throws IOException {
    var tree = SealedHome.sealOf(folder).resolve("tree");
    byte[] leaves = Files.readAllBytes(tree.resolve("level-0"));
    delete(tree);
    try (var home = SealedHome.open(folder)) {
      home.append(SealedHome.HARBOUR, 1);
      home.sealAll();
    }

    assertThat(Arrays.copyOf(Files.readAllBytes(tree.resolve("level-0")), leaves.length))
        .isEqualTo(leaves);
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void a_tree_that_was_lost_is_said_to_be_lost_and_no_event_is_accused() throws IOException {
    delete(SealedHome.sealOf(folder).resolve("tree"));

    assertThat(check().findings()).hasSize(1).first().asString().contains("it was lost or cut");
    try (var check = open()) {
      assertThat(check.range(3, 9).findings()).hasSize(1);
    }
  }

  @Test
  void heads_that_were_lost_are_said_to_be_lost() throws IOException {
    Files.delete(SealedHome.sealOf(folder).resolve("heads.jsonl"));

    assertThat(check().findings())
        .hasSize(1)
        .first()
        .asString()
        .contains("put that folder back from the backup");
  }

  @Test
  void any_byte_flipped_in_any_file_is_found_and_no_event_is_wrongly_accused() throws IOException {
    System.out.println("HomeCheckTest seed " + SEED);
    var random = new Random(SEED);
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < Rounds.of(8, 40); i++) {
        byte[] flipped = whole.clone();
        int at = random.nextInt(whole.length);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, flipped);
        assertThat(check().findings())
            .as("byte %d of %s, -Dfarol.seed=%d", at, file, SEED)
            .isNotEmpty();
      }
      Files.write(file, whole);
    }
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void a_file_cut_short_anywhere_is_found() throws IOException {
    var random = new Random(SEED);
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < Rounds.of(4, 10); i++) {
        Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
        // Cut at the end of a line, an older history is left; only who kept a later head sees that.
        boolean isOlderHistory =
            file.endsWith("heads.jsonl") && Files.size(file) > 0 && wasCutAtALine(file, whole);
        if (!isOlderHistory) {
          assertThat(check().findings()).as("%s, seed %d", file, SEED).isNotEmpty();
        }
      }
      Files.write(file, whole);
    }
  }

  private static boolean wasCutAtALine(Path file, byte[] whole) throws IOException {
    int length = (int) Files.size(file);
    return whole[length - 1] == '\n' || whole[length] == '\n';
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private interface Change {
    void on(List<byte[]> frames);
  }

  private void forge(long sequence, Change change) throws IOException {
    Forger.forge(
        SealedHome.journalOf(folder),
        sequence,
        frames -> {
          var changed = new ArrayList<>(frames);
          change.on(changed);
          return changed;
        });
  }

  // Index of the frame that says this number.
  private static int at(List<byte[]> frames, long number) {
    for (int i = 0; i < frames.size(); i++) {
      if (new String(frames.get(i), UTF_8).equals(SealedHome.text(number))) {
        return i;
      }
    }
    throw new AssertionError("no frame " + number);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.endsWith("lock") && !f.endsWith("seal.key"))
          .toList();
    }
  }

  private HomeCheck open() {
    return HomeCheck.open(SealedHome.journalOf(folder), SealedHome.sealOf(folder), key);
  }

  Verdict check() {
    return SealedHome.verdict(folder, key);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
