package mo.farol.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of what somebody else said of heads. Here is kept only which line begins where, 16 bytes
 * each; what it says is read when it is asked for. Guard it with a lock.
 */
final class SizedLines {
  private final Path file;
  private final String field;
  private final Lines lines;
  // By size, those of one size in the order of the file.
  private long[] sizes = new long[64];
  private long[] begins = new long[64];
  private int count;

  private SizedLines(Path file, String field) {
    this.file = file;
    this.field = field;
    this.lines = new Lines(file);
  }

  /** Opens a file; throws {@link SealFault} where a line of it is none. */
  static SizedLines open(Path file, String field) {
    var sized = new SizedLines(file, field);
    try {
      sized.lines.forEach((begin, line) -> sized.enter(sized.read(line).size(), begin));
      return sized;
    } catch (IOException e) {
      throw sized.fault("read", e);
    }
  }

  /** Reads every line of a file, also what stands behind the last one. */
  static void readAll(Path file, String field, Consumer<SizedLine> each, Consumer<String> wrong) {
    SizedLine.readAll(new Lines(file), field, each, wrong);
  }

  /** Adds what was said of the head of a size; on disk when this returns. */
  void add(long size, String text) {
    try {
      enter(size, lines.append(new SizedLine(size, text).write(field)));
    } catch (IOException e) {
      throw fault("write", e);
    }
  }

  /** What was said of the head of a size, oldest first. */
  List<String> of(long size) {
    var texts = new ArrayList<String>();
    for (int i = after(size - 1); i < count && sizes[i] == size; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  /** What was said of the largest heads, the largest first, {@code most} lines at most. */
  Stream<SizedLine> newest(int most) {
    return IntStream.iterate(count - 1, i -> i >= Math.max(0, count - most), i -> i - 1)
        .mapToObj(i -> new SizedLine(sizes[i], text(i)));
  }

  /** The first size above a number of which anything was said. */
  Optional<Long> above(long number) {
    int i = after(number);
    return i < count ? Optional.of(sizes[i]) : Optional.empty();
  }

  /** All sizes of which anything was said. */
  Set<Long> sizes() {
    var set = new HashSet<Long>();
    Arrays.stream(sizes, 0, count).forEach(set::add);
    return set;
  }

  private String text(int i) {
    try {
      var read = read(lines.at(begins[i]));
      if (read.size() == sizes[i]) {
        return read.text();
      }
      throw new IOException("a line was changed");
    } catch (IOException e) {
      throw fault("read", e);
    }
  }

  private SizedLine read(String line) {
    try {
      return SizedLine.read(field, line);
    } catch (IllegalArgumentException e) {
      throw fault("read", e);
    }
  }

  private void enter(long size, long begin) {
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, count * 2);
      begins = Arrays.copyOf(begins, count * 2);
    }
    int i = after(size);
    System.arraycopy(sizes, i, sizes, i + 1, count - i);
    System.arraycopy(begins, i, begins, i + 1, count - i);
    sizes[i] = size;
    begins[i] = begin;
    count++;
  }

  // Place of the first that is above a number.
  private int after(long number) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sizes[middle] > number) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private SealFault fault(String what, Exception e) {
    return new SealFault("cannot " + what + " " + file + ": " + e.getMessage(), e);
  }
}
