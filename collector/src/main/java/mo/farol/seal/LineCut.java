package mo.farol.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Cuts pieces of a file into lines. For one thread. */
final class LineCut {
  private final Lines.Each action;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long begin;

  /**
   * @param begin offset of the first piece
   * @param action is given each line
   */
  LineCut(long begin, Lines.Each action) {
    this.begin = begin;
    this.action = action;
  }

  /** Takes the next bytes. */
  void take(byte[] piece, int count) {
    int open = 0;
    for (int i = 0; i < count; i++) {
      if (piece[i] == '\n') {
        line.write(piece, open, i - open);
        tell();
        open = i + 1;
      }
    }
    line.write(piece, open, count - open);
  }

  /** What stands behind the last line end is a line too. */
  void end() {
    if (line.size() > 0) {
      tell();
    }
  }

  // Broken text must reach who reads the lines: nothing here complains of it.
  private void tell() {
    long next = begin + line.size() + 1;
    action.line(begin, line.toString(StandardCharsets.UTF_8));
    line.reset();
    begin = next;
  }
}
