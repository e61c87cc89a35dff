package mo.farol.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what streams by. For one thread. */
final class Digest {
  private static final int PIECE = 1 << 20;

  /** How much there was, and its SHA-256 in hexadecimal. */
  record Sum(long bytes, String sha256) {}

  /** Opens a file to read. */
  interface Opening {
    SeekableByteChannel of(Path file) throws IOException;
  }

  /** A file could not be opened or read; nothing is said of where its pieces went. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(IOException cause) {
      super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }
  }

  /** Takes each piece as well. */
  interface Also {
    void piece(ByteBuffer bytes) throws IOException;
  }

  private final Opening opening;
  private final MessageDigest sha;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

  Digest() {
    this(file -> Files.newByteChannel(file, StandardOpenOption.READ));
  }

  Digest(Opening opening) {
    this.opening = opening;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Reads the beginning of a file, or all there is where that is less.
   *
   * @throws NoSuchFileException where it is not there
   * @throws Unreadable where it can't be read; any other is of {@code also}
   */
  Sum of(Path file, long most, Also also) throws IOException {
    try (var in = open(file)) {
      return of(in, most, also);
    }
  }

  private SeekableByteChannel open(Path file) throws IOException {
    try {
      return opening.of(file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new Unreadable(e);
    }
  }

  private Sum of(SeekableByteChannel in, long most, Also also) throws IOException {
    long done = 0;
    sha.reset(); // of what was read before it broke off
    while (done < most) {
      int count = read(in, piece.clear().limit((int) Math.min(PIECE, most - done)));
      if (count < 0) {
        break;
      }
      done += count;
      sha.update(piece.array(), 0, count);
      also.piece(piece.flip());
    }
    return new Sum(done, HexFormat.of().formatHex(sha.digest()));
  }

  private static int read(SeekableByteChannel in, ByteBuffer into) throws IOException {
    try {
      return in.read(into);
    } catch (IOException e) {
      throw new Unreadable(e);
    }
  }

  /** Reads all that a file holds when it is opened, whatever takes its name or is added then. */
  Sum ofOpened(Path file, Also also) throws IOException {
    try (var in = open(file)) {
      return of(in, in.size(), also);
    }
  }

  /** Reads a whole file. */
  Sum of(Path file) throws IOException {
    return of(file, Long.MAX_VALUE, _ -> {});
  }

  /** Takes bytes as they are. */
  Sum of(ByteBuffer bytes) {
    sha.reset();
    sha.update(bytes.duplicate());
    return new Sum(bytes.remaining(), HexFormat.of().formatHex(sha.digest()));
  }
}
