package mo.farol.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** How far a file of lines goes that somebody adds to. */
final class WholeLines {
  private static final int PIECE = 64 << 10;

  private WholeLines() {}

  /** Bytes up to the end of the last line that has one. */
  static long length(Path file) throws IOException {
    byte[] piece = new byte[PIECE];
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      for (long end = in.length(); end > 0; ) {
        int count = (int) Math.min(PIECE, end);
        in.seek(end - count);
        in.readFully(piece, 0, count);
        for (int i = count - 1; i >= 0; i--) {
          if (piece[i] == '\n') {
            return end - count + i + 1;
          }
        }
        end -= count;
      }
    }
    return 0;
  }
}
