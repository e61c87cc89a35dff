package mo.farol.wire;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * Unpacks zstd (RFC 8878) as it streams by. A frame that asks for a window above 8 MiB is refused,
 * as section 3.1.1.1.2 allows: the window is native memory that a sender could make us hold.
 */
public final class Unzstd implements Unpacking {
  /** Native memory one body may make us hold: the window and what surrounds it. */
  public static final int MOST_BYTES = 9 << 20;

  private static final int IN_BYTES = 8 << 10;
  private static final int OUT_BYTES = 64 << 10;

  /** What a call needs and leaves empty; each event loop has its own. */
  private static final class Bench {
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
    private final byte[] bytes = new byte[OUT_BYTES];
  }

  private static final ThreadLocal<Bench> BENCH = ThreadLocal.withInitial(Bench::new);

  private final UnpackedBound bound;
  private final Output out;
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private final ZstdHead head = new ZstdHead();
  private boolean inFrame;

  public Unzstd(long limit, Output out) {
    this.bound = new UnpackedBound(limit);
    this.out = out;
  }

  @Override
  public void take(byte[] bytes, int from, int to) throws Broken {
    bound.packed(to - from);
    var bench = BENCH.get();
    int at = from;
    while (at < to) {
      int used = inFrame ? unpack(bench, bytes, at, to) : begin(bench, bytes[at]);
      at += used;
    }
  }

  @Override
  public void end() throws Broken {
    if (inFrame || !head.isEmpty()) {
      throw new Broken(false, "the zstd body ends in the middle");
    }
  }

  @Override
  public void close() {
    zstd.close();
  }

  // The head is held back until it has said how large a window it wants.
  private int begin(Bench bench, byte next) throws Broken {
    switch (head.take(next)) {
      case MORE -> {}
      case WRONG -> throw new Broken(false, "this is not zstd");
      case TOO_LARGE -> throw new Broken(true, "a zstd window may be 8 MiB at most");
      case READ -> {
        byte[] held = head.bytes();
        inFrame = true;
        for (int at = 0; at < held.length && inFrame; ) {
          at += unpack(bench, held, at, held.length);
        }
      }
    }
    return 1;
  }

  /** Unpacks up to the end of the frame; returns how many bytes that took. */
  private int unpack(Bench bench, byte[] bytes, int from, int to) throws Broken {
    var in = bench.in.clear();
    in.put(bytes, from, Math.min(IN_BYTES, to - from)).flip();
    try {
      do {
        bench.out.clear();
        inFrame = !zstd.decompressDirectByteBufferStream(bench.out, in);
        emit(bench);
      } while (inFrame && (in.hasRemaining() || bench.out.position() == OUT_BYTES));
    } catch (ZstdException e) {
      throw new Broken(false, "the zstd data is damaged");
    }
    return in.position();
  }

  private void emit(Bench bench) throws Broken {
    int n = bench.out.position();
    bound.unpacked(n);
    if (n > 0) {
      bench.out.get(0, bench.bytes, 0, n);
      out.bytes(bench.bytes, 0, n);
    }
  }
}
