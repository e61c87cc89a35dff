package mo.farol.wire;

import java.util.Arrays;
import mo.farol.event.Original;
import org.jspecify.annotations.Nullable;

/**
 * One frame as it comes together over several reads: kept up to a limit, and of a longer one the
 * {@link Original} noted. Belongs to one thread.
 */
public final class Gathering {
  private static final byte[] NOTHING = {};
  private static final int FIRST_BYTES = 512;

  private final int limit;
  private byte[] bytes = NOTHING;
  private int kept;
  private @Nullable Measure measure;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  public Gathering(int limit) {
    this.limit = limit;
  }

  /** The next bytes; what goes beyond the limit is only measured. */
  public void add(byte[] from, int start, int end) {
    int room = Math.min(end - start, limit - kept);
    reserve(kept + room);
    System.arraycopy(from, start, bytes, kept, room);
    kept += room;
    if (room < end - start) {
      beyond(from, start + room, end);
    }
  }

  /** The array whose first {@link #kept} bytes are what came together. */
  public byte[] bytes() {
    return bytes;
  }

  public int kept() {
    return kept;
  }

  /** Bytes seen, kept or not. */
  public long seen() {
    return measure == null ? kept : measure.length();
  }

  public boolean isCut() {
    return measure != null;
  }

  /** Memory held, in bytes. */
  public int held() {
    return bytes.length;
  }

  /** Takes back what stands behind {@code end}, of a frame that is not cut. */
  public void shorten(int end) {
    kept = Math.min(kept, end);
  }

  /** What came is not all there was: then nothing is noted of a whole. */
  public void forgetWhole() {
    measure = null;
  }

  /** Hands on {@code [from, to)} of what is kept as a frame, cut or whole, and starts anew. */
  public void emit(int from, int to, byte mark, FrameSink out) {
    byte marks = (byte) (mark | mark());
    int end = finish(to);
    clear();
    out.frame(bytes, from, end, marks);
  }

  /** What the frame says of itself: that it is cut and what it was, or nothing. */
  public byte mark() {
    return measure == null ? 0 : Measure.MARKS;
  }

  /** Notes what a cut frame was behind what is kept up to {@code to}; gives the index after it. */
  public int finish(int to) {
    var beyond = measure;
    if (beyond == null) {
      return to;
    }
    int end = to + Original.NOTE_BYTES;
    if (bytes.length < end) {
      bytes = Arrays.copyOf(bytes, end);
    }
    beyond.note(bytes, to);
    return end;
  }

  /** Starts anew, in the memory there is. */
  public void clear() {
    kept = 0;
    measure = null;
  }

  /** Starts anew and holds no memory. */
  public void release() {
    clear();
    bytes = NOTHING;
  }

  private void beyond(byte[] from, int start, int end) {
    if (measure == null) {
      measure = new Measure();
      measure.add(bytes, 0, kept);
    }
    measure.add(from, start, end);
  }

  private void reserve(int wanted) {
    if (wanted > bytes.length) {
      int more = Math.max(Math.max(wanted, FIRST_BYTES), Math.min(limit, bytes.length * 2));
      bytes = Arrays.copyOf(bytes, more);
    }
  }
}
