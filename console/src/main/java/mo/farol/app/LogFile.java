package mo.farol.app;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import mo.farol.centre.Usage;
import org.jspecify.annotations.Nullable;

/**
 * An archived log, line by line as bytes: plain, gzip (RFC 1952) or zstd (RFC 8878), told apart by
 * its first bytes. A JSON array of objects, or objects laid out over several lines, come object by
 * object, each as one line.
 */
final class LogFile implements AutoCloseable {
  private static final int LINE_LIMIT = 1 << 20;
  private final InputStream in;
  private final @Nullable JsonObjects objects;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

  private LogFile(InputStream in) throws IOException {
    this.in = in;
    objects = JsonObjects.begin(in) ? new JsonObjects(in, LINE_LIMIT) : null;
  }

  /** Opens a file, or standard input for {@code -}; throws {@link Usage} where there is none. */
  static LogFile open(Path file) throws IOException {
    if (file.toString().equals("-")) {
      return new LogFile(unpack(new BufferedInputStream(System.in, 1 << 16)));
    }
    if (!Files.isReadable(file)) {
      throw new Usage("cannot read " + file);
    }
    return new LogFile(unpack(new BufferedInputStream(Files.newInputStream(file), 1 << 16)));
  }

  /** The next line without its end, or null after the last; a line past 1 MiB comes in pieces. */
  byte @Nullable [] next() throws IOException {
    if (objects != null) {
      return objects.next();
    }
    line.reset();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n' && line.size() < LINE_LIMIT; b = in.read()) {
      line.write(b);
    }
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    return length > 0 && bytes[length - 1] == '\r'
        ? java.util.Arrays.copyOf(bytes, length - 1)
        : bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static InputStream unpack(BufferedInputStream in) throws IOException {
    in.mark(4);
    byte[] magic = in.readNBytes(4);
    in.reset();
    if (magic.length >= 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
      return new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
    }
    if (magic.length == 4
        && (magic[0] & 0xff) == 0x28
        && (magic[1] & 0xff) == 0xb5
        && (magic[2] & 0xff) == 0x2f
        && (magic[3] & 0xff) == 0xfd) {
      return new BufferedInputStream(new ZstdInputStream(in), 1 << 16);
    }
    return in;
  }
}
