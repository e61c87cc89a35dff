package mo.farol.seal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads hashes out of a tree's files. For one thread. */
public final class TreeReader implements Merkle.Subtrees, AutoCloseable {
  private static final int LEVEL_HEIGHT = 8;

  private final Path folder;
  private final Sha sha = new Sha();
  private final byte[] tile = new byte[Level.WIDTH * Hash.LENGTH];
  private final List<RandomAccessFile> files = new ArrayList<>();

  TreeReader(Path folder) {
    this.folder = folder;
  }

  /** Reads the tree of a seal's folder, which may be written to meanwhile. */
  public static TreeReader of(Path sealFolder) {
    return new TreeReader(sealFolder.resolve(Seal.TREE));
  }

  /**
   * Hash of a subtree.
   *
   * @throws SealFault when the files do not hold it
   */
  @Override
  public Hash hash(long from, long to) {
    long width = to - from;
    if (width == 0) {
      return Merkle.empty();
    }
    if (Long.bitCount(width) == 1 && from % width == 0) {
      return complete(Long.numberOfTrailingZeros(width), from / width);
    }
    long middle = from + Merkle.split(width);
    return sha.node(hash(from, middle), hash(middle, to));
  }

  /** Hash of one leaf. */
  public Hash leaf(long index) {
    return hash(index, index + 1);
  }

  /** Copies hashes of leaves; throws {@link SealFault} where there are not as many. */
  public void leaves(long from, int count, byte[] into) {
    read(0, from, count, into);
  }

  /** Copies a full tile of a level. */
  void tile(int level, long number, byte[] into) {
    read(level, number * Level.WIDTH, Level.WIDTH, into);
  }

  /**
   * Checks the levels above the leaves {@code from} to before {@code to}.
   *
   * @return a sentence for each hash that is not that of the 256 below it
   */
  public List<String> checkUpper(long from, long to) {
    var wrong = new ArrayList<String>();
    byte[] above = new byte[Hash.LENGTH];
    long first = from;
    long end = to;
    for (int level = 1; end >= Level.WIDTH; level++) {
      first /= Level.WIDTH;
      end /= Level.WIDTH;
      for (long i = first; i < end; i++) {
        tile(level - 1, i, tile);
        sha.fold(tile, Level.WIDTH);
        read(level, i, 1, above);
        if (!Hash.of(above, 0).equals(Hash.of(tile, 0))) {
          wrong.add("hash %d of level-%d was changed".formatted(i, level));
        }
      }
    }
    return wrong;
  }

  @Override
  public void close() {
    try {
      for (var file : files) {
        file.close();
      }
    } catch (IOException e) {
      throw new SealFault("cannot close the tree in " + folder + ": " + e, e);
    }
  }

  private Hash complete(int height, long index) {
    int level = height / LEVEL_HEIGHT;
    int count = 1 << (height % LEVEL_HEIGHT);
    read(level, index * count, count, tile);
    sha.fold(tile, count);
    return Hash.of(tile, 0);
  }

  private void read(int level, long index, int count, byte[] into) {
    try {
      var file = file(level);
      file.seek(index * Hash.LENGTH);
      file.readFully(into, 0, count * Hash.LENGTH);
    } catch (IOException e) {
      throw new SealFault(
          "the tree in %s has no hashes %d to %d of level %d (%s)"
              .formatted(folder, index, index + count, level, e),
          e);
    }
  }

  private RandomAccessFile file(int level) throws IOException {
    for (int i = files.size(); i <= level; i++) {
      files.add(new RandomAccessFile(Level.file(folder, i).toFile(), "r"));
    }
    return files.get(level);
  }
}
