package mo.farol.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

  /** Takes each piece as well. */
  interface Also {
    void piece(ByteBuffer bytes) throws IOException;
  }

  private final MessageDigest sha;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads the beginning of a file, or all there is where that is less. */
  Sum of(Path file, long most, Also also) throws IOException {
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(in, most, also);
    }
  }

  private Sum of(FileChannel in, long most, Also also) throws IOException {
    long done = 0;
    while (done < most) {
      int count = in.read(piece.clear().limit((int) Math.min(PIECE, most - done)));
      if (count < 0) {
        break;
      }
      done += count;
      sha.update(piece.array(), 0, count);
      also.piece(piece.flip());
    }
    return new Sum(done, HexFormat.of().formatHex(sha.digest()));
  }

  /** Reads all that a file holds when it is opened, whatever takes its name or is added then. */
  Sum ofOpened(Path file, Also also) throws IOException {
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(in, in.size(), also);
    }
  }

  /** Reads a whole file. */
  Sum of(Path file) throws IOException {
    return of(file, Long.MAX_VALUE, _ -> {});
  }

  /** Takes bytes as they are. */
  Sum of(ByteBuffer bytes) {
    sha.update(bytes.duplicate());
    return new Sum(bytes.remaining(), HexFormat.of().formatHex(sha.digest()));
  }
}
