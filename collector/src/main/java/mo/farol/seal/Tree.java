package mo.farol.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mo.farol.disk.Folder;

/**
 * The tree as it grows: file {@code level-0} holds the leaves, each further one a hash for every
 * 256 of the one before, so that a proof reads a few kilobytes of each. For one thread.
 */
final class Tree implements AutoCloseable {
  private final Path folder;
  private final Sha sha = new Sha();
  private final byte[] folding = new byte[Level.WIDTH * Hash.LENGTH];
  private final List<Level> levels = new ArrayList<>();
  private int named;

  private Tree(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the tree at a size; what lies beyond is cut off, a tree that is shorter begins shorter.
   */
  static Tree open(Path folder, long size) throws IOException {
    Files.createDirectories(folder);
    var tree = new Tree(folder);
    try {
      long count = size;
      for (int i = 0; i == 0 || count > 0; i++) {
        count = Math.min(count, there(folder, i));
        tree.levels.add(new Level(Level.file(folder, i), count));
        tree.complete(i);
        count = tree.levels.get(i).count() / Level.WIDTH;
      }
      return tree;
    } catch (IOException e) {
      tree.close();
      throw e;
    }
  }

  /** Leaves so far, written or not. */
  long size() {
    return levels.getFirst().count();
  }

  /** Where the next leaf is to be put, in {@link #tile}, before {@link #added}. */
  int next() {
    return levels.getFirst().next();
  }

  byte[] tile() {
    return levels.getFirst().tile();
  }

  /** Takes note that a leaf was put at {@link #next}. */
  void added() throws IOException {
    for (int i = 0; level(i).added(); i++) {
      System.arraycopy(levels.get(i).tile(), 0, folding, 0, folding.length);
      sha.fold(folding, Level.WIDTH);
      var above = level(i + 1);
      System.arraycopy(folding, 0, above.tile(), above.next(), Hash.LENGTH);
    }
  }

  /** Returns once every leaf so far is on the disk. */
  void force() throws IOException {
    for (var level : levels) {
      level.flush();
      level.force();
    }
    if (named < levels.size()) {
      Folder.forceBoth(folder);
      named = levels.size();
    }
  }

  /** Hashes of what was forced. */
  TreeReader reader() {
    return new TreeReader(folder);
  }

  @Override
  public void close() throws IOException {
    for (var level : levels) {
      level.close();
    }
  }

  private Level level(int i) throws IOException {
    if (i == levels.size()) {
      levels.add(new Level(Level.file(folder, i), 0));
    }
    return levels.get(i);
  }

  // A level that lags behind the one below it is made again from it.
  private void complete(int i) throws IOException {
    if (i == 0) {
      return;
    }
    var level = levels.get(i);
    try (var reader = reader()) {
      while (level.count() < levels.get(i - 1).count() / Level.WIDTH) {
        reader.tile(i - 1, level.count(), folding);
        sha.fold(folding, Level.WIDTH);
        System.arraycopy(folding, 0, level.tile(), level.next(), Hash.LENGTH);
        level.added();
      }
    }
    level.flush();
  }

  private static long there(Path folder, int i) throws IOException {
    var file = Level.file(folder, i);
    return Files.exists(file) ? Files.size(file) / Hash.LENGTH : 0;
  }
}
