package mo.farol.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Frames of one origin that arrived together: one byte array, laid end to end. Immutable once
 * {@link Builder#build built}; carried from intake to journal and back without an object per frame.
 */
public final class FrameBatch {
  /** Mark of a frame cut at the size limit. */
  public static final byte TRUNCATED = 1;

  /** Mark of a frame whose end was guessed. */
  public static final byte GUESSED = 2;

  /** Mark of a frame that came again because its sender did not hear that it was kept. */
  public static final byte DUPLICATE = 4;

  /** Mark of a cut frame whose {@link Original} is noted behind what is kept of it. */
  public static final byte NOTED = 8;

  /** Mark of a frame whose connection ended before its own end came: there was more, or may be. */
  public static final byte PARTIAL = 16;

  private final Origin origin;
  private final long receivedAtMicros;
  private final byte[] bytes;
  private final int[] bounds;
  private final byte[] marks;

  private FrameBatch(
      Origin origin, long receivedAtMicros, byte[] bytes, int[] bounds, byte[] marks) {
    this.origin = origin;
    this.receivedAtMicros = receivedAtMicros;
    this.bytes = bytes;
    this.bounds = bounds;
    this.marks = marks;
  }

  /**
   * A batch over arrays that the caller gives away.
   *
   * @param bounds frame {@code i} is {@code bytes[bounds[i] .. bounds[i + 1])}; one longer than the
   *     number of frames
   * @param marks one byte of marks a frame
   */
  public static FrameBatch of(
      Origin origin, long receivedAtMicros, byte[] bytes, int[] bounds, byte[] marks) {
    if (bounds.length != marks.length + 1) {
      throw new IllegalArgumentException(
          bounds.length + " bounds do not hold " + marks.length + " frames");
    }
    return new FrameBatch(origin, receivedAtMicros, bytes, bounds, marks);
  }

  /** One frame per text, for tests and small senders. */
  public static FrameBatch ofTexts(Origin origin, Instant receivedAt, String... texts) {
    var builder = new Builder();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      builder.add(utf8, 0, utf8.length, (byte) 0);
    }
    return builder.build(origin, Micros.of(receivedAt));
  }

  /** The same frames, said to come from another origin. */
  public FrameBatch withOrigin(Origin other) {
    return other.equals(origin)
        ? this
        : new FrameBatch(other, receivedAtMicros, bytes, bounds, marks);
  }

  /** Frames from {@code from} on, up to so many, as a batch that shares the bytes. */
  public FrameBatch slice(int from, int most) {
    int length = Math.min(most, count() - from);
    return length == count()
        ? this
        : of(
            origin,
            receivedAtMicros,
            bytes,
            Arrays.copyOfRange(bounds, from, from + length + 1),
            Arrays.copyOfRange(marks, from, from + length));
  }

  /** Where all frames came from. */
  public Origin origin() {
    return origin;
  }

  /** When they arrived, in microseconds since 1970-01-01T00:00Z. */
  public long receivedAtMicros() {
    return receivedAtMicros;
  }

  /** Number of frames. */
  public int count() {
    return marks.length;
  }

  /** The shared array; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index of the first byte of frame {@code i}. */
  public int start(int i) {
    return bounds[i];
  }

  /** Index after the last byte of frame {@code i}, without what is noted behind it. */
  public int end(int i) {
    return isNoted(i) ? bounds[i + 1] - Original.NOTE_BYTES : bounds[i + 1];
  }

  /** Index after all that is kept of frame {@code i}. */
  public int keptEnd(int i) {
    return bounds[i + 1];
  }

  /** What frame {@code i} was before it was cut, where that was noted. */
  public Optional<Original> original(int i) {
    return isNoted(i) ? Optional.of(Original.read(bytes, end(i))) : Optional.empty();
  }

  // What is too short to hold a note has none, whatever its marks say.
  private boolean isNoted(int i) {
    return (marks[i] & NOTED) != 0 && bounds[i + 1] - bounds[i] >= Original.NOTE_BYTES;
  }

  /** Marks of frame {@code i}, such as {@link #TRUNCATED}. */
  public byte marks(int i) {
    return marks[i];
  }

  /** The same frames with other marks, one byte a frame. */
  public FrameBatch withMarks(byte[] others) {
    return of(origin, receivedAtMicros, bytes, bounds, others);
  }

  /** Bytes of all frames together, with what is noted behind them. */
  public int size() {
    return bounds[marks.length] - bounds[0];
  }

  /** Frame {@code i} for a person to read. */
  public Frame frame(int i, long firstSequence) {
    return new Frame(
        new EventId(firstSequence + i),
        origin,
        Micros.toInstant(receivedAtMicros),
        ByteBuffer.wrap(bytes, start(i), end(i) - start(i)));
  }

  /** Collects frames; re-usable after {@link #build}. Not thread-safe. */
  public static final class Builder {
    private byte[] bytes = new byte[8192];
    private int[] bounds = new int[65];
    private byte[] marks = new byte[64];
    private int count;

    /** Copies one frame in. */
    public void add(byte[] from, int start, int end, byte mark) {
      int length = end - start;
      int at = reserve(length, mark); // first, for it may move to a larger array
      System.arraycopy(from, start, bytes, at, length);
    }

    /** Copies the next {@code length} bytes of a buffer in as one frame, moving its position. */
    public void add(ByteBuffer from, int length, byte mark) {
      int at = reserve(length, mark);
      from.get(bytes, at, length);
    }

    /** Frames collected. */
    public int count() {
      return count;
    }

    /** Bytes collected. */
    public int size() {
      return bounds[count];
    }

    /** Makes a batch of what was collected and starts anew. */
    public FrameBatch build(Origin origin, long receivedAtMicros) {
      var batch =
          new FrameBatch(
              origin,
              receivedAtMicros,
              Arrays.copyOf(bytes, bounds[count]),
              Arrays.copyOf(bounds, count + 1),
              Arrays.copyOf(marks, count));
      count = 0;
      return batch;
    }

    private int reserve(int length, byte mark) {
      int at = bounds[count];
      if (at + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(at + length, bytes.length * 2));
      }
      if (count == marks.length) {
        marks = Arrays.copyOf(marks, count * 2);
        bounds = Arrays.copyOf(bounds, count * 2 + 1);
      }
      marks[count++] = mark;
      bounds[count] = at + length;
      return at;
    }
  }
}
