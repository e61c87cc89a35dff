package mo.farol.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What is written, with an eye on whoever reads it: a write that is not taken in time ends the
 * line, and so does a slow reader for whose turn others wait. Looked after by a virtual thread of
 * its own.
 */
public final class Watched extends OutputStream {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private final OutputStream out;
  private final Line line;
  private final long stallNanos;
  private final BooleanSupplier isWaitedFor;
  private final ReadRate rate;
  private final Thread watch;
  private volatile String broken = "";

  /**
   * @param out where it goes on to, which is left open
   * @param line what is broken off
   * @param isWaitedFor whether others wait until this is over
   */
  public Watched(
      OutputStream out, Line line, SlowReaderLimits limits, BooleanSupplier isWaitedFor) {
    this.out = out;
    this.line = line;
    this.stallNanos = limits.stall().toNanos();
    this.isWaitedFor = isWaitedFor;
    rate = new ReadRate(limits.leastRate(), limits.rateOver(), System::nanoTime);
    var often = limits.stall().dividedBy(4);
    var look = often.compareTo(LOOK) < 0 ? often : LOOK;
    watch = Thread.ofVirtual().name("reader-watch").start(() -> look(look));
  }

  /** Why the line was ended, in words; empty where it was not. */
  public String broken() {
    return broken;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    rate.begin();
    try {
      out.write(bytes, from, length);
    } finally {
      rate.end(length);
    }
  }

  @Override
  public void flush() throws IOException {
    rate.begin();
    try {
      out.flush();
    } finally {
      rate.end(0);
    }
  }

  /** Stops watching; the stream beneath is left to the server. */
  @Override
  public void close() {
    watch.interrupt();
  }

  private void look(Duration every) {
    try {
      while (broken.isEmpty()) {
        Thread.sleep(every);
        if (rate.stalledNanos() > stallNanos) {
          breakOff("the reader took nothing any more");
        } else if (rate.isSlow() && isWaitedFor.getAsBoolean()) {
          breakOff("the reader took it too slowly while others waited");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // all is written
    }
  }

  private void breakOff(String why) {
    broken = why;
    line.breakOff();
  }
}
