package mo.farol.seal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Hashes of complete subtrees of one height, end to end in a file; only the last 256 are held here.
 * For one thread.
 */
final class Level implements AutoCloseable {
  /** Hashes that are one hash of the next level. */
  static final int WIDTH = 256;

  private final RandomAccessFile file;
  private final byte[] tile = new byte[WIDTH * Hash.LENGTH];
  private long count;

  /** Goes on after {@code count} hashes; what the file has beyond them is cut off. */
  Level(Path path, long count) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.count = count;
    file.setLength(count * Hash.LENGTH);
    int open = (int) (count % WIDTH) * Hash.LENGTH;
    file.seek(file.length() - open);
    file.readFully(tile, 0, open);
  }

  static Path file(Path folder, int level) {
    return folder.resolve("level-" + level);
  }

  long count() {
    return count;
  }

  /** Where the next hash is to be put, before {@link #added}. */
  int next() {
    return (int) (count % WIDTH) * Hash.LENGTH;
  }

  byte[] tile() {
    return tile;
  }

  /** Takes note that a hash was put at {@link #next}; true when the tile is full and written. */
  boolean added() throws IOException {
    count++;
    boolean isFull = count % WIDTH == 0;
    if (isFull) {
      write(WIDTH);
    }
    return isFull;
  }

  /** Writes what the file has not yet. */
  void flush() throws IOException {
    write((int) (count % WIDTH));
  }

  void force() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void write(int hashes) throws IOException {
    file.seek((count - hashes) * Hash.LENGTH);
    file.write(tile, 0, hashes * Hash.LENGTH);
  }
}
