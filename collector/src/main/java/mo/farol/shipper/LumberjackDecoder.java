package mo.farol.shipper;

import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
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
    void window(int version, long count) throws Broken;

    /**
     * One event as JSON; the bytes are lent for the length of the call.
     *
     * @param mark 0, or what a frame says that was cut
     */
    void event(int version, long number, byte[] bytes, int from, int to, byte mark) throws Broken;

    /** Whether the rest is to wait. */
    boolean isFull();
  }

  /** What can't be Lumberjack, or would become too much: the connection has no way to go on. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
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
  // Below this a ratio says nothing: a window of like lines packs very well.
  private static final long RATIO_MATTERS_BYTES = 8L << 20;
  private static final long RATIO = 200;
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
  private @Nullable Inflater inflater;
  private @Nullable LumberjackDecoder inner;
  private byte[] chunk = {};
  private long packed;
  private long unpacked;
  // Of all packed frames of the connection.
  private long allPacked;
  private long allUnpacked;

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
  int take(byte[] bytes, int from, int to, Frames out) throws Broken {
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

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
    inner = null;
    chunk = new byte[0];
  }

  private int version(byte b, int at) throws Broken {
    if (b != '1' && b != '2') {
      throw new Broken("a frame begins with version 1 or 2");
    }
    version = b - '0';
    part = Part.TYPE;
    return at + 1;
  }

  private int type(byte b, int at) throws Broken {
    type = b;
    switch (b) {
      case 'W' -> want(1);
      case 'J', 'D' -> want(2);
      case 'C' -> {
        if (nested) {
          throw new Broken("packed frames inside packed frames");
        }
        want(1);
      }
      default -> throw new Broken("a frame is W, J, D or C");
    }
    return at + 1;
  }

  private void want(int count) {
    wanted = count * Integer.BYTES;
    numberBytes = 0;
    part = Part.NUMBERS;
  }

  private int number(byte b, int at, Frames out) throws Broken {
    int which = numberBytes / Integer.BYTES;
    long sofar = numberBytes % Integer.BYTES == 0 ? 0 : numbers[which];
    numbers[which] = sofar << Byte.SIZE | b & 0xff;
    if (++numberBytes == wanted) {
      begin(out);
    }
    return at + 1;
  }

  private void begin(Frames out) throws Broken {
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
          throw new Broken("an event has 10,000 pairs at most");
        } else {
          pairs = new Pairs(limit, numbers[0], numbers[1]);
          nextPair(pairs, out);
        }
      }
      default -> unpack(numbers[0]);
    }
  }

  private void expect(long bytes, Frames out) throws Broken {
    left = bounded(bytes);
    part = Part.DATA;
    if (left == 0) {
      data(NOTHING, 0, 0, out);
    }
  }

  private static long bounded(long bytes) throws Broken {
    if (bytes > MOST_BYTES) {
      throw new Broken("a frame has 64 MiB at most");
    }
    return bytes;
  }

  private int data(byte[] bytes, int at, int to, Frames out) throws Broken {
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

  private void text(Pairs event, byte[] bytes, int from, int to, Frames out) throws Broken {
    event.add(bytes, from, to);
    if (left > 0) {
      return;
    }
    if (!event.endText()) {
      throw new Broken("a key is longer than a frame may be");
    }
    nextPair(event, out);
  }

  private void nextPair(Pairs event, Frames out) throws Broken {
    if (event.isWhole()) {
      pairs = null;
      event(event.number(), event.json(), out);
    } else {
      want(1);
    }
  }

  private void event(long number, Gathering whole, Frames out) throws Broken {
    part = Part.VERSION;
    byte mark = whole.mark();
    int end = whole.finish(whole.kept());
    out.event(version, number, whole.bytes(), 0, end, mark);
    whole.release();
  }

  private void unpack(long bytes) throws Broken {
    left = bounded(bytes);
    if (left == 0) {
      throw new Broken("a packed frame of nothing");
    }
    close();
    inflater = new Inflater();
    inner = new LumberjackDecoder(limit, true);
    chunk = new byte[16 << 10];
    packed = 0;
    unpacked = 0;
    part = Part.PACKED;
  }

  private int packed(byte[] bytes, int at, int to, Frames out) throws Broken {
    var unpacker = Objects.requireNonNull(inflater);
    int here = (int) Math.min(Math.min(left, to - at), SLICE_BYTES);
    left -= here;
    packed += here;
    allPacked += here;
    unpacker.setInput(bytes, at, here);
    try {
      for (int n = unpacker.inflate(chunk); n > 0; n = unpacker.inflate(chunk)) {
        grow(n);
        Objects.requireNonNull(inner).take(chunk, 0, n, out);
      }
    } catch (DataFormatException e) {
      throw new Broken("the packed data is damaged");
    }
    if (unpacker.needsDictionary()) {
      throw new Broken("packed with a dictionary");
    }
    if (left == 0) {
      if (!unpacker.finished() || Objects.requireNonNull(inner).part != Part.VERSION) {
        throw new Broken("packed frames that end in the middle");
      }
      close();
      part = Part.VERSION;
    }
    return at + here;
  }

  private void grow(int more) throws Broken {
    unpacked += more;
    allUnpacked += more;
    if (unpacked > MOST_BYTES) {
      throw new Broken("packed frames may unpack to 64 MiB at most");
    }
    if (isOutOfRatio(unpacked, packed) || isOutOfRatio(allUnpacked, allPacked)) {
      throw new Broken("packed frames may unpack to " + RATIO + " times their size at most");
    }
  }

  private static boolean isOutOfRatio(long unpacked, long packed) {
    return unpacked > RATIO_MATTERS_BYTES && unpacked / RATIO > packed;
  }
}
