package mo.farol.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events of one {@link FrameBatch}, as columns: for each event a run of (field, value) pairs whose
 * values are slices of the frames' own bytes or of a scratch array. Filled by the parser, read by
 * sinks, then re-used; belongs to one thread at a time.
 *
 * <p>Filling: {@link #open}, then for each frame in order any number of {@code add…} and one {@link
 * #close}. Reading: {@code for (int i = batch.first(); i < batch.count(); i++)}, and within an
 * event {@code for (int k = batch.from(i); k < batch.to(i); k++)}.
 */
public final class EventBatch {
  private @Nullable FrameBatch frames;
  private long firstSequence;
  private long position;
  private int first;
  private int count;

  private int[] pairs = new int[257];
  private long[] occurredAtMicros = new long[256];
  private byte[] severities = new byte[256];
  private @Nullable String[] rejections = new @Nullable String[256];

  private int[] fields = new int[4096];
  private int[] starts = new int[4096];
  private int[] lengths = new int[4096];
  private int pairCount;

  private byte[] scratch = new byte[16_384];
  private int scratchLength;

  /**
   * Starts over with the frames of one journal block.
   *
   * @param firstSequence sequence of frame 0
   * @param position where the block stands in the journal, for the way back from index to frame
   */
  public void open(FrameBatch frames, long firstSequence, long position) {
    this.frames = frames;
    this.firstSequence = firstSequence;
    this.position = position;
    first = 0;
    count = 0;
    pairCount = 0;
    scratchLength = 0;
    if (frames.count() >= pairs.length) {
      pairs = new int[frames.count() + 1];
      occurredAtMicros = new long[frames.count()];
      severities = new byte[frames.count()];
      rejections = new @Nullable String[frames.count()];
    }
  }

  /** Adds a pair to the event being filled; the value is a slice of {@code frames().bytes()}. */
  public void add(int field, int start, int end) {
    addPair(field, start, end - start);
  }

  /** Adds a pair whose value is copied to the scratch array. */
  public void addCopy(int field, byte[] value, int from, int to) {
    addPair(field, ~copy(value, from, to), to - from);
  }

  /** Adds a pair with a text value. */
  public void addText(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    addCopy(field, utf8, 0, utf8.length);
  }

  /**
   * Ends the event being filled and begins the next.
   *
   * @param occurredAtMicros the sender's time, or {@link Micros#NONE}: then the time of receipt
   *     stands in
   * @param rejection why the frame could not be parsed, or null where it could
   */
  public void close(long occurredAtMicros, Severity severity, @Nullable String rejection) {
    this.occurredAtMicros[count] =
        occurredAtMicros == Micros.NONE ? frames().receivedAtMicros() : occurredAtMicros;
    severities[count] = (byte) severity.code();
    rejections[count] = rejection;
    pairs[++count] = pairCount;
  }

  /** Adds a pair whose value is part of another pair's value, without a copy. */
  public void addPart(int field, int k, int from, int to) {
    addPair(field, starts[k] >= 0 ? starts[k] + from : ~(~starts[k] + from), to - from);
  }

  /** Forgets the pairs added since the last {@link #close}. */
  public void undo() {
    pairCount = pairs[count];
  }

  /** First pair of the event being filled. */
  public int opened() {
    return pairs[count];
  }

  /** Pairs so far, those of the event being filled included: pair numbers run up to it. */
  public int filled() {
    return pairCount;
  }

  /** Forgets the pairs of the event being filled from pair {@code k} on. */
  public void undoTo(int k) {
    pairCount = Math.clamp(k, pairs[count], pairCount);
  }

  /** Gives a pair of the event being filled another field. */
  public void rename(int k, int field) {
    fields[k] = field;
  }

  /** First pair of the event being filled that has this field, or -1. */
  public int findOpen(int field) {
    for (int k = pairs[count]; k < pairCount; k++) {
      if (fields[k] == field) {
        return k;
      }
    }
    return -1;
  }

  /** Leaves out events before this sequence: they were handled before. */
  public void skipBefore(long sequence) {
    first = Math.clamp(sequence - firstSequence, 0, count);
  }

  /** Leaves out all but the event with this sequence, which must be one of the batch. */
  public void only(long sequence) {
    first = (int) (sequence - firstSequence);
    count = first + 1;
  }

  /** The frames the events were read from. */
  public FrameBatch frames() {
    var open = frames;
    if (open == null) {
      throw new IllegalStateException("the batch was never opened");
    }
    return open;
  }

  /** Where the frames came from. */
  public Origin origin() {
    return frames().origin();
  }

  /** Where the block stands in the journal. */
  public long position() {
    return position;
  }

  /** Index of the first event to handle. */
  public int first() {
    return first;
  }

  /** One more than the index of the last event. */
  public int count() {
    return count;
  }

  /** Journal sequence of event {@code i}. */
  public long sequence(int i) {
    return firstSequence + i;
  }

  /** Sequence after the last event of this batch. */
  public long nextSequence() {
    return firstSequence + count;
  }

  /** The sender's time of event {@code i}, or the time of receipt where it gave none. */
  public long occurredAtMicros(int i) {
    return occurredAtMicros[i];
  }

  /** Severity code of event {@code i}, 0 to 7. */
  public int severity(int i) {
    return severities[i];
  }

  /** Why event {@code i} could not be parsed, or null. */
  public @Nullable String rejection(int i) {
    return rejections[i];
  }

  /** First pair of event {@code i}. */
  public int from(int i) {
    return pairs[i];
  }

  /** After the last pair of event {@code i}. */
  public int to(int i) {
    return pairs[i + 1];
  }

  /** First pair of event {@code i} with this field, or -1. */
  public int find(int i, int field) {
    for (int k = pairs[i]; k < pairs[i + 1]; k++) {
      if (fields[k] == field) {
        return k;
      }
    }
    return -1;
  }

  /** Field number of pair {@code k}. */
  public int field(int k) {
    return fields[k];
  }

  /** The array that holds the value of pair {@code k}; not to be written to, not to be kept. */
  public byte[] bytes(int k) {
    return starts[k] >= 0 ? frames().bytes() : scratch;
  }

  /** Whether the value of pair {@code k} stands in the frames as it is, rather than made by us. */
  public boolean isSlice(int k) {
    return starts[k] >= 0;
  }

  /** Where the value of pair {@code k} starts in {@link #bytes}. */
  public int start(int k) {
    return starts[k] >= 0 ? starts[k] : ~starts[k];
  }

  /** Length of the value of pair {@code k} in bytes. */
  public int length(int k) {
    return lengths[k];
  }

  /** Value of pair {@code k} as text; broken UTF-8 shows as U+FFFD. */
  public String text(int k) {
    return new String(bytes(k), start(k), lengths[k], StandardCharsets.UTF_8);
  }

  /** Text of the first value of a field in event {@code i}, or null. */
  public @Nullable String text(int i, int field) {
    int k = find(i, field);
    return k < 0 ? null : text(k);
  }

  /** Event {@code i} for a person or a rule that wants it whole. */
  public Event event(int i) {
    return Event.of(this, i);
  }

  private void addPair(int field, int start, int length) {
    if (pairCount == fields.length) {
      fields = Arrays.copyOf(fields, pairCount * 2);
      starts = Arrays.copyOf(starts, pairCount * 2);
      lengths = Arrays.copyOf(lengths, pairCount * 2);
    }
    fields[pairCount] = field;
    starts[pairCount] = start;
    lengths[pairCount++] = length;
  }

  private int copy(byte[] value, int from, int to) {
    int at = scratchLength;
    int end = at + to - from;
    if (end > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(end, scratch.length * 2));
    }
    System.arraycopy(value, from, scratch, at, to - from);
    scratchLength = end;
    return at;
  }
}
