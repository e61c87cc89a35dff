package mo.farol.app;

import java.io.ByteArrayOutputStream;

/** Lines on their way: a few thousand, each ended by LF, empty ones left out. */
final class LineChunk {
  private static final int LINES = 2_000;
  private static final int BYTES = 4 << 20;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int count;
  private int lines;

  void add(byte[] line) {
    lines++;
    if (line.length > 0) {
      bytes.write(line, 0, line.length);
      bytes.write('\n');
      count++;
    }
  }

  boolean isFull() {
    return lines >= LINES || bytes.size() >= BYTES;
  }

  /** Lines that hold something. */
  int count() {
    return count;
  }

  /** Lines read, empty ones included. */
  int lines() {
    return lines;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  void clear() {
    bytes.reset();
    count = 0;
    lines = 0;
  }
}
