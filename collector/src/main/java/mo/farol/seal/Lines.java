package mo.farol.seal;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A file of lines that only grows. What a crash left without its end is no line. Any thread. */
final class Lines {
  private static final int PIECE = 64 << 10;
  private static final int LONGEST = 4 << 20;

  /** A line and where it ends. */
  record Line(String text, long end) {}

  /** Returns once what was written is on disk. */
  interface Sync {
    void run(RandomAccessFile file) throws IOException;
  }

  private static final long NONE = -1;

  private final Path file;
  private final Sync sync;
  // Where a line begins that could not be synced, to be cut off.
  private long unsynced = NONE;

  Lines(Path file) {
    this(file, out -> out.getFD().sync());
  }

  Lines(Path file, Sync sync) {
    this.file = file;
    this.sync = sync;
  }

  /** Adds a line; on disk when this returns, not there when this throws. */
  synchronized void append(String line) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      long whole = unsynced == NONE ? wholeLength(out) : Math.min(unsynced, out.length());
      out.setLength(whole);
      unsynced = whole;
      out.seek(whole);
      try {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        sync.run(out);
      } catch (IOException e) {
        cut(out, whole, e);
        throw e;
      }
      unsynced = NONE;
    }
  }

  private static void cut(RandomAccessFile out, long length, IOException cause) {
    try {
      out.setLength(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** The last line. */
  synchronized Optional<String> last() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long end = wholeLength(in);
      if (end == 0) {
        return Optional.empty();
      }
      long start = startOfLine(in, end - 1);
      return Optional.of(text(in, start, end - 1));
    }
  }

  /** Every whole line, in order. */
  void forEach(Consumer<String> action) throws IOException {
    long whole = length();
    if (whole > 0) {
      forEach(whole, action);
    }
  }

  /** Every line, in order, and what stands behind the last one. */
  void forEachAndTorn(Consumer<String> action) throws IOException {
    if (Files.exists(file)) {
      forEach(Long.MAX_VALUE, action);
    }
  }

  private void forEach(long limit, Consumer<String> action) throws IOException {
    // Broken text must reach who reads the lines; a reader that complains would hide the others.
    try (var in = new First(Files.newInputStream(file), limit);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        action.accept(line);
      }
    }
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
    long length = in.length();
    return length == 0 ? 0 : startOfLine(in, length);
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
    if (end - start > LONGEST) {
      throw new IOException("a line is longer than " + LONGEST + " bytes");
    }
    byte[] bytes = new byte[(int) (end - start)];
    in.seek(start);
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The first bytes of a stream. */
  private static final class First extends FilterInputStream {
    private long left;

    First(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(into, from, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
