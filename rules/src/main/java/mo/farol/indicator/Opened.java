package mo.farol.indicator;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file of indicators as bytes, unpacked where it is gzip (RFC 1952), with a bound. */
final class Opened extends FilterInputStream {
  /** Bytes of a file at most, unpacked. */
  static final long LIMIT = 1L << 30;

  private static final int HEAD = 64 * 1024;

  private final long limit;
  private long left;

  Opened(InputStream in, long limit) {
    super(in);
    this.limit = limit;
    left = limit;
  }

  static Opened of(Path file) throws IOException {
    return of(file, LIMIT);
  }

  static Opened of(Path file, long limit) throws IOException {
    var packed = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    packed.mark(2);
    boolean isGzip = packed.read() == 0x1f && packed.read() == 0x8b;
    packed.reset();
    return new Opened(isGzip ? new GZIPInputStream(packed, 1 << 16) : packed, limit);
  }

  /** How a file begins. */
  static String head(Path file) throws IOException {
    try (var in = of(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] b, int from, int length) throws IOException {
    int count = super.read(b, from, (int) Math.min(length, left + 1));
    left -= Math.max(0, count);
    if (left < 0) {
      throw new IOException("larger than " + limit + " bytes");
    }
    return count;
  }

  @Override
  public long skip(long count) {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
