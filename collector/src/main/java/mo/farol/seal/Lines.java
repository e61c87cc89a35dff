package mo.farol.seal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mo.farol.disk.Folder;

/** A file of lines that only grows. What a crash left without its end is no line. Any thread. */
final class Lines {
  private static final int PIECE = 64 << 10;
  private static final int LONGEST = 4 << 20;
  private static final int TRIES = 20;
  private static final long PAUSE_NANOS = 10_000_000;

  /** A line and where it ends. */
  record Line(String text, long end) {}

  /** Takes a line and where it begins. */
  interface Each {
    void line(long begin, String text);
  }

  /** Returns once what was written is on disk. */
  interface Sync {
    void run(RandomAccessFile file) throws IOException;

    /** The same for the names in a folder, without which a power cut takes a new file. */
    default void names(Path folder) throws IOException {
      Folder.forceBoth(folder);
    }

    /** Leaves a moment to who is writing just now. */
    default void pause() {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static final long NONE = -1;

  private final Path file;
  private final Sync sync;
  // Where a line begins that could not be synced, to be cut off.
  private long unsynced = NONE;
  private boolean isNamed;

  Lines(Path file) {
    this(file, out -> out.getFD().sync());
  }

  Lines(Path file, Sync sync) {
    this.file = file;
    this.sync = sync;
  }

  /** Adds a line; on disk when this returns where it begins, not there when this throws. */
  synchronized long append(String line) throws IOException {
    Files.createDirectories(folder());
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      long whole = unsynced == NONE ? wholeLength(out) : Math.min(unsynced, out.length());
      out.setLength(whole);
      unsynced = whole;
      out.seek(whole);
      try {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        sync.run(out);
        syncName();
      } catch (IOException e) {
        cut(out, whole, e);
        throw e;
      }
      unsynced = NONE;
      return whole;
    }
  }

  /** Returns once what is there is on disk, also what a killed process left. */
  synchronized void force() throws IOException {
    if (Files.exists(file)) {
      try (var out = new RandomAccessFile(file.toFile(), "rw")) {
        sync.run(out);
        syncName();
      }
    }
  }

  /** The same for every file of lines in a folder. */
  static void forceAll(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.jsonl")) {
        for (var file : files) {
          new Lines(file).force();
        }
      }
    }
  }

  // Once: whoever made the file, a crash may have come before its name was on disk.
  private void syncName() throws IOException {
    if (!isNamed) {
      sync.names(folder());
      isNamed = true;
    }
  }

  private Path folder() {
    return Folder.of(file);
  }

  private static void cut(RandomAccessFile out, long length, IOException cause) {
    try {
      out.setLength(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** The last line that ends by an offset. */
  synchronized Optional<String> last(long limit) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long end = startOfLine(in, Math.min(in.length(), limit));
      if (end == 0) {
        return Optional.empty();
      }
      long start = startOfLine(in, end - 1);
      return Optional.of(text(in, start, end - 1));
    }
  }

  /** Every whole line, in order. */
  void forEach(Each action) throws IOException {
    forEach(0, length(), action);
  }

  /** Every line, in order, and what stands behind the last one. */
  void forEachAndTorn(Consumer<String> action) throws IOException {
    forEach(0, settled(), (_, line) -> action.accept(line));
  }

  /** What stands from an offset, where a line begins, to before another. */
  void forEach(long from, long limit, Each action) throws IOException {
    if (from >= limit) {
      return;
    }
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      byte[] piece = new byte[PIECE];
      var cut = new LineCut(from, action);
      int count = 0;
      for (long at = from; at < limit && count >= 0; at += count) {
        count = in.read(piece, 0, (int) Math.min(PIECE, limit - at));
        cut.take(piece, Math.max(count, 0)); // none where it was cut meanwhile
      }
      cut.end();
    }
  }

  /**
   * Bytes of the file with what stands behind the last line: after a fifth of a second, so that a
   * line that is being written just now is whole.
   */
  long settled() throws IOException {
    for (int i = 1; Files.exists(file); i++) {
      try (var in = new RandomAccessFile(file.toFile(), "r")) {
        long length = in.length();
        if (i == TRIES || startOfLine(in, length) == length) {
          return length;
        }
      }
      sync.pause();
    }
    return 0;
  }

  /** Whether there is anything behind an offset. */
  boolean isLonger(long offset) throws IOException {
    return Files.exists(file) && Files.size(file) > offset;
  }

  /** Bytes of whole lines. */
  synchronized long length() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      return wholeLength(in);
    }
  }

  /** The first line that begins at or after an offset, which is in a line or before one. */
  Optional<Line> after(long offset, long limit) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long start = offset == 0 ? 0 : endOfLine(in, offset - 1, limit);
      if (start >= limit) {
        return Optional.empty();
      }
      long end = endOfLine(in, start, limit);
      return Optional.of(new Line(text(in, start, end - 1), end));
    }
  }

  /** The line that begins at an offset. */
  String at(long begin) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      return text(in, begin, endOfLine(in, begin, in.length()) - 1);
    }
  }

  // Offset after the line end at or after a place.
  private static long endOfLine(RandomAccessFile in, long from, long limit) throws IOException {
    byte[] piece = new byte[1 << 10];
    for (long at = from; at < limit; at += piece.length) {
      in.seek(at);
      int length = in.read(piece, 0, (int) Math.min(piece.length, limit - at));
      for (int i = 0; i < length; i++) {
        if (piece[i] == '\n') {
          return at + i + 1;
        }
      }
    }
    return limit;
  }

  private static long wholeLength(RandomAccessFile in) throws IOException {
    return startOfLine(in, in.length());
  }

  // Offset after the last line end before a place.
  private static long startOfLine(RandomAccessFile in, long before) throws IOException {
    byte[] piece = new byte[PIECE];
    for (long end = before; end > 0; end -= Math.min(end, PIECE)) {
      int length = (int) Math.min(end, PIECE);
      in.seek(end - length);
      in.readFully(piece, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (piece[i] == '\n') {
          return end - length + i + 1;
        }
      }
    }
    return 0;
  }

  private static String text(RandomAccessFile in, long start, long end) throws IOException {
    if (end < start) {
      throw new IOException("there is no line at " + start);
    }
    if (end - start > LONGEST) {
      throw new IOException("a line is longer than " + LONGEST + " bytes");
    }
    byte[] bytes = new byte[(int) (end - start)];
    in.seek(start);
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
