package mo.farol.shipper;

import java.util.Objects;
import mo.farol.wire.BrokenStream;
import mo.farol.wire.Gathering;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one connection's bytes into Lumberjack frames, versions 1 and 2: windows ({@code W}), JSON
 * ({@code J}), pairs ({@code D}), and packed runs of these ({@code C}), one deep. However the bytes
 * are chunked, the frames are the same. Lengths are unsigned and bounded before they are used; of
 * an event only as much is kept as a frame may have. One connection, one thread; {@link #close}
 * frees native memory.
 */
final class LumberjackDecoder implements AutoCloseable {
  /** Takes frames as they are cut. */
  interface Frames {
    /** A window of so many events begins. */
    void window(int version, long count) throws BrokenStream;

    /**
     * One event as JSON; the bytes are lent for the length of the call.
     *
     * @param mark 0, or what a frame says that was cut
     */
    void event(int version, long number, byte[] bytes, int from, int to, byte mark)
        throws BrokenStream;

    /** Whether the rest is to wait. */
    boolean isFull();
  }

  private enum Part {
    VERSION,
    TYPE,
    NUMBERS,
    DATA,
    PACKED
  }

  private static final byte[] NOTHING = {};
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_PAIRS = 10_000;
  // So little is unpacked at once that what one look at isFull lets through stays small.
  private static final int SLICE_BYTES = 512;

  private final int limit;
  private final boolean nested;
  private final Gathering data;
  private Part part = Part.VERSION;
  private int version;
  private int type;
  // Unsigned 32-bit numbers of the frame at hand, and how many bytes of them have come.
  private final long[] numbers = new long[2];
  private int numberBytes;
  private int wanted;
  private long left;
  private @Nullable Pairs pairs;
  private @Nullable Unpacker unpacker;
  private @Nullable LumberjackDecoder inner;
  private final Unpacker.Ratio ratio = new Unpacker.Ratio();

  /**
   * @param limit bytes kept of an event
   */
  LumberjackDecoder(int limit) {
    this(limit, false);
  }

  private LumberjackDecoder(int limit, boolean nested) {
    this.limit = limit;
    this.nested = nested;
    this.data = new Gathering(limit);
  }

  /** Cuts bytes until they end or the taker is full; gives the index it came to. */
  int take(byte[] bytes, int from, int to, Frames out) throws BrokenStream {
    int at = from;
    while (at < to && (nested || !out.isFull())) {
      at =
          switch (part) {
            case VERSION -> version(bytes[at], at);
            case TYPE -> type(bytes[at], at);
            case NUMBERS -> number(bytes[at], at, out);
            case DATA -> data(bytes, at, to, out);
            case PACKED -> packed(bytes, at, to, out);
          };
    }
    return at;
  }

  /** Whether a frame has begun and not ended. */
  boolean isUnfinished() {
    return part != Part.VERSION;
  }

  /** Memory held for it, in bytes. */
  long held() {
    long packed = inner == null ? 0 : Unpacker.HELD_BYTES + inner.held();
    return data.held() + (pairs == null ? 0 : pairs.held()) + packed;
  }

  @Override
  public void close() {
    if (unpacker != null) {
      unpacker.close();
      unpacker = null;
    }
    inner = null;
  }

  private int version(byte b, int at) throws BrokenStream {
    if (b != '1' && b != '2') {
      throw new BrokenStream("a frame begins with version 1 or 2");
    }
    version = b - '0';
    part = Part.TYPE;
    return at + 1;
  }

  private int type(byte b, int at) throws BrokenStream {
    type = b;
    switch (b) {
      case 'W' -> want(1);
      case 'J', 'D' -> want(2);
      case 'C' -> {
        if (nested) {
          throw new BrokenStream("packed frames inside packed frames");
        }
        want(1);
      }
      default -> throw new BrokenStream("a frame is W, J, D or C");
    }
    return at + 1;
  }

  private void want(int count) {
    wanted = count * Integer.BYTES;
    numberBytes = 0;
    part = Part.NUMBERS;
  }

  private int number(byte b, int at, Frames out) throws BrokenStream {
    int which = numberBytes / Integer.BYTES;
    long sofar = numberBytes % Integer.BYTES == 0 ? 0 : numbers[which];
    numbers[which] = sofar << Byte.SIZE | b & 0xff;
    if (++numberBytes == wanted) {
      begin(out);
    }
    return at + 1;
  }

  private void begin(Frames out) throws BrokenStream {
    switch (type) {
      case 'W' -> {
        part = Part.VERSION;
        out.window(version, numbers[0]);
      }
      case 'J' -> expect(numbers[1], out);
      case 'D' -> {
        if (pairs != null) {
          expect(numbers[0], out); // the length of a key or a value
        } else if (numbers[1] > MOST_PAIRS) {
          throw new BrokenStream("an event has 10,000 pairs at most");
        } else {
          pairs = new Pairs(limit, numbers[0], numbers[1]);
          nextPair(pairs, out);
        }
      }
      default -> unpack(numbers[0]);
    }
  }

  private void expect(long bytes, Frames out) throws BrokenStream {
    left = bounded(bytes);
    part = Part.DATA;
    if (left == 0) {
      data(NOTHING, 0, 0, out);
    }
  }

  private static long bounded(long bytes) throws BrokenStream {
    if (bytes > MOST_BYTES) {
      throw new BrokenStream("a frame has 64 MiB at most");
    }
    return bytes;
  }

  private int data(byte[] bytes, int at, int to, Frames out) throws BrokenStream {
    int end = at + (int) Math.min(left, to - at);
    left -= end - at;
    if (pairs != null) {
      text(pairs, bytes, at, end, out);
    } else if (left == 0 && data.seen() == 0 && end - at <= limit) {
      part = Part.VERSION;
      out.event(version, numbers[0], bytes, at, end, (byte) 0); // all here: not copied
    } else {
      data.add(bytes, at, end);
      if (left == 0) {
        event(numbers[0], data, out);
      }
    }
    return end;
  }

  private void text(Pairs event, byte[] bytes, int from, int to, Frames out) throws BrokenStream {
    event.add(bytes, from, to);
    if (left > 0) {
      return;
    }
    if (!event.endText()) {
      throw new BrokenStream("a key is longer than a frame may be");
    }
    nextPair(event, out);
  }

  private void nextPair(Pairs event, Frames out) throws BrokenStream {
    if (event.isWhole()) {
      pairs = null;
      event(event.number(), event.json(), out);
    } else {
      want(1);
    }
  }

  private void event(long number, Gathering whole, Frames out) throws BrokenStream {
    part = Part.VERSION;
    byte mark = whole.mark();
    int end = whole.finish(whole.kept());
    out.event(version, number, whole.bytes(), 0, end, mark);
    whole.release();
  }

  private void unpack(long bytes) throws BrokenStream {
    left = bounded(bytes);
    if (left == 0) {
      throw new BrokenStream("a packed frame of nothing");
    }
    close();
    unpacker = new Unpacker(ratio);
    inner = new LumberjackDecoder(limit, true);
    part = Part.PACKED;
  }

  private int packed(byte[] bytes, int at, int to, Frames out) throws BrokenStream {
    var inside = Objects.requireNonNull(inner);
    var unpacking = Objects.requireNonNull(unpacker);
    int here = (int) Math.min(Math.min(left, to - at), SLICE_BYTES);
    left -= here;
    unpacking.take(bytes, at, here, (piece, length) -> inside.take(piece, 0, length, out));
    if (left == 0) {
      if (!unpacking.isFinished() || inside.isUnfinished()) {
        throw new BrokenStream("packed frames that end in the middle");
      }
      close();
      part = Part.VERSION;
    }
    return at + here;
  }
}
