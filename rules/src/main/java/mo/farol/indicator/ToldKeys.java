package mo.farol.indicator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mo.farol.disk.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Keys of what was told, sorted, and their file, eight bytes a key. What is known here holds even
 * where the file can't be written. One thread.
 */
final class ToldKeys {
  private final Path file;
  private long @Nullable [] keys;
  private boolean isWritten = true;

  ToldKeys(Path file) {
    this.file = file;
  }

  int size() {
    return keys().length;
  }

  boolean contains(long key) {
    return Arrays.binarySearch(keys(), key) >= 0;
  }

  /** Whether the file holds them all. */
  boolean isWritten() {
    return isWritten;
  }

  /** Adds the first of some keys, known ones too. */
  void add(long[] some, int size) {
    if (size == 0) {
      return;
    }
    long[] known = keys();
    long[] all = Arrays.copyOf(known, known.length + size);
    System.arraycopy(some, 0, all, known.length, size);
    replace(all, all.length);
  }

  /** Knows the first of some keys and no others. */
  void replace(long[] some, int size) {
    long[] next = Arrays.copyOf(some, size);
    Arrays.sort(next);
    int distinct = 0;
    for (int i = 0; i < next.length; i++) {
      if (i == 0 || next[i] != next[i - 1]) {
        next[distinct++] = next[i];
      }
    }
    next = distinct == next.length ? next : Arrays.copyOf(next, distinct);
    if (!Arrays.equals(next, keys())) {
      keys = next;
      isWritten = false;
    }
  }

  private long[] keys() {
    long[] known = keys;
    if (known == null) {
      known = read();
      keys = known;
    }
    return known;
  }

  private long[] read() {
    try {
      if (!Files.exists(file)) {
        return new long[0];
      }
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      long[] read = new long[bytes.remaining() / Long.BYTES];
      bytes.asLongBuffer().get(read);
      return read;
    } catch (IOException e) {
      throw new IndicatorFault("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes them where the file does not hold them; an {@link IndicatorFault} says why it can't. */
  void write() {
    if (isWritten) {
      return;
    }
    long[] all = keys();
    var bytes = ByteBuffer.allocate(all.length * Long.BYTES);
    bytes.asLongBuffer().put(all);
    try {
      AtomicFile.replace(file, bytes.array());
    } catch (IOException e) {
      throw new IndicatorFault("can't write " + file + ": " + e.getMessage(), e);
    }
    isWritten = true;
  }
}
