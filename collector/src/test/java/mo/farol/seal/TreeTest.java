package mo.farol.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a tree against the same leaves in memory. */
class TreeTest {
  private static final int COUNT = 70_000;
  private static final List<Hash> LEAVES = leaves();

  @TempDir Path folder;

  @Test
  void every_root_and_path_read_from_the_files_is_that_of_the_leaves() throws IOException {
    grow(0, COUNT);
    var random = new Random(7);
    try (var reader = new TreeReader(folder)) {
      for (int i = 0; i < 60; i++) {
        int size = 1 + random.nextInt(COUNT);
        int at = random.nextInt(size);
        var root = Merkle.root(LEAVES.subList(0, size), 0, size, List.of());
        assertThat(reader.hash(0, size)).isEqualTo(root);
        var path = Merkle.path(reader, at, at + 1, size);
        assertThat(Merkle.root(LEAVES.subList(at, at + 1), at, size, path)).isEqualTo(root);
      }
    }
  }

  @Test
  void a_tree_grown_in_many_sittings_is_that_of_one() throws IOException {
    var random = new Random(11);
    int size = 0;
    while (size < COUNT) {
      int to = Math.min(COUNT, size + 1 + random.nextInt(5_000));
      grow(size, to);
      size = to;
    }
    var other = folder.resolve("other");
    grow(other, 0, COUNT);
    for (String name : List.of("level-0", "level-1", "level-2")) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(other.resolve(name));
    }
  }

  @Test
  void what_lies_beyond_the_size_it_is_opened_at_is_cut_off() throws IOException {
    grow(0, COUNT);
    try (var tree = Tree.open(folder, 300)) {
      assertThat(tree.size()).isEqualTo(300);
    }
    grow(300, 66_000);
    try (var reader = new TreeReader(folder)) {
      assertThat(reader.hash(0, 66_000)).isEqualTo(root(66_000));
    }
  }

  @Test
  void an_upper_level_that_is_gone_or_short_is_made_again() throws IOException {
    grow(0, COUNT);
    Files.delete(folder.resolve("level-2"));
    try (var file = new RandomAccessFile(folder.resolve("level-1").toFile(), "rw")) {
      file.setLength(32 * 100 + 5);
    }
    try (var tree = Tree.open(folder, COUNT)) {
      tree.force();
    }
    try (var reader = new TreeReader(folder)) {
      assertThat(reader.hash(0, COUNT)).isEqualTo(root(COUNT));
    }
  }

  @Test
  void leaves_that_are_gone_make_a_shorter_tree() throws IOException {
    grow(0, 1_000);
    try (var file = new RandomAccessFile(folder.resolve("level-0").toFile(), "rw")) {
      file.setLength(32 * 511 + 31);
    }
    try (var tree = Tree.open(folder, 1_000)) {
      assertThat(tree.size()).isEqualTo(511);
    }
  }

  private void grow(int from, int to) throws IOException {
    grow(folder, from, to);
  }

  private static void grow(Path folder, int from, int to) throws IOException {
    try (var tree = Tree.open(folder, from)) {
      for (int i = from; i < to; i++) {
        LEAVES.get(i).into(tree.tile(), tree.next());
        tree.added();
      }
      tree.force();
    }
  }

  private static Hash root(int size) {
    return Merkle.root(LEAVES.subList(0, size), 0, size, List.of());
  }

  private static List<Hash> leaves() {
    var random = new Random(5);
    var leaves = new ArrayList<Hash>(COUNT);
    byte[] bytes = new byte[Hash.LENGTH];
    for (int i = 0; i < COUNT; i++) {
      random.nextBytes(bytes);
      leaves.add(Hash.of(bytes, 0));
    }
    return leaves;
  }
}
