package mo.farol.shipper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import mo.farol.event.FrameBatch;
import mo.farol.wire.Counts;
import mo.farol.wire.DatagramListener;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gathering;

/**
 * GELF over UDP: a datagram, or what its chunks give together, is one message, plain or packed by
 * gzip or zlib. Of a packed one never more is kept than a frame may have, nor more looked at than 1
 * MiB beyond.
 */
final class GelfUdp implements DatagramListener.Taker {
  private static final int CHUNKED = 0x1e0f;
  private static final int GZIP = 0x1f8b;
  private static final int ZLIB_METHOD = 0x78;
  private static final int LOOK_BEYOND_BYTES = 1 << 20;

  private final int limit;
  private final Counts counts;
  private final FrameSink out;
  private final Chunks chunks;
  private final Gathering message;
  private final byte[] piece = new byte[8 << 10];

  /**
   * @param limit bytes of the longest frame kept whole
   */
  GelfUdp(int limit, Counts counts, FrameSink out) {
    this.limit = limit;
    this.counts = counts;
    this.out = out;
    this.chunks = new Chunks(counts);
    this.message = new Gathering(limit);
  }

  @Override
  public void tick() {
    chunks.expire(System.nanoTime());
  }

  @Override
  public void take(byte[] datagram, int length, InetAddress sender) {
    if (magic(datagram, length) != CHUNKED) {
      message(datagram, length);
      return;
    }
    byte[] whole = chunks.add(sender, datagram, length, System.nanoTime());
    if (whole != null) {
      message(whole, whole.length);
    }
  }

  private void message(byte[] bytes, int length) {
    int magic = magic(bytes, length);
    message.clear();
    try {
      if (magic == GZIP) {
        unpack(new GZIPInputStream(new ByteArrayInputStream(bytes, 0, length)));
      } else if (magic >> Byte.SIZE == ZLIB_METHOD && magic % 31 == 0) {
        unpack(new InflaterInputStream(new ByteArrayInputStream(bytes, 0, length)));
      } else {
        message.add(bytes, 0, length);
        emit((byte) 0);
      }
    } catch (IOException e) {
      counts.refused("gelf-packed", 1);
    }
  }

  private void unpack(InputStream packed) throws IOException {
    try (packed) {
      for (int n = packed.read(piece); n >= 0; n = packed.read(piece)) {
        message.add(piece, 0, n);
        if (message.seen() > (long) limit + LOOK_BEYOND_BYTES) {
          counts.refused("gelf-unpacked", 1);
          message.forgetWhole();
          emit(FrameBatch.TRUNCATED);
          return;
        }
      }
      emit((byte) 0);
    }
  }

  private void emit(byte mark) {
    int end = message.kept();
    while (end > 0 && isEnd(message.bytes()[end - 1])) {
      end--;
    }
    if (end > 0) {
      message.emit(0, end, mark, out);
    }
  }

  private static boolean isEnd(byte b) {
    return b == 0 || b == '\n';
  }

  // The first two bytes, or 0.
  private static int magic(byte[] bytes, int length) {
    return length < 2 ? 0 : (bytes[0] & 0xff) << Byte.SIZE | bytes[1] & 0xff;
  }
}
