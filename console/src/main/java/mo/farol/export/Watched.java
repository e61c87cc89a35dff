package mo.farol.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import mo.farol.web.Line;

/**
 * What is written, with an eye on whoever reads it: a write that is not taken in time ends the
 * line. Looked after by a virtual thread of its own.
 */
final class Watched extends OutputStream {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private final OutputStream out;
  private final Line line;
  private final long stallNanos;
  private final Thread watch;
  private volatile long since;
  private volatile boolean isWriting;
  private volatile boolean isStalled;

  Watched(OutputStream out, Line line, Duration stall) {
    this.out = out;
    this.line = line;
    this.stallNanos = stall.toNanos();
    var look = stall.dividedBy(4).compareTo(LOOK) < 0 ? stall.dividedBy(4) : LOOK;
    watch = Thread.ofVirtual().name("export-watch").start(() -> look(look));
  }

  /** Whether the line was ended because nothing was taken. */
  boolean isStalled() {
    return isStalled;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    begin();
    try {
      out.write(bytes, from, length);
    } finally {
      isWriting = false;
    }
  }

  @Override
  public void flush() throws IOException {
    begin();
    try {
      out.flush();
    } finally {
      isWriting = false;
    }
  }

  /** Stops watching; the stream beneath is left to the server. */
  @Override
  public void close() {
    watch.interrupt();
  }

  private void begin() {
    since = System.nanoTime();
    isWriting = true;
  }

  private void look(Duration every) {
    try {
      while (!isStalled) {
        Thread.sleep(every);
        if (isWriting && System.nanoTime() - since > stallNanos) {
          isStalled = true;
          line.breakOff();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the export is over
    }
  }
}
