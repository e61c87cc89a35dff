package mo.farol.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One file to be kept.
 *
 * @param path where it lies in the home, with slashes
 * @param content what of it
 */
record Part(String path, Content content) {
  /** Bytes on the disk, or here. */
  sealed interface Content {
    /**
     * The beginning of a file.
     *
     * @param bytes how much of it
     * @param modified when it was last written, as of when this was told
     */
    record Of(Path file, long bytes, Instant modified) implements Content {}

    /**
     * All of a file that others may replace: as long as it is once it was opened.
     *
     * @param expected how long it was when it was listed
     */
    record Whole(Path file, long expected) implements Content {}

    /** What a file held when it was read. */
    record Read(ByteBuffer bytes) implements Content {}
  }

  /** A file as long as it is now. */
  static Part of(String path, Path file) throws IOException {
    return of(path, file, Files.size(file));
  }

  /** The beginning of a file. */
  static Part of(String path, Path file, long bytes) throws IOException {
    var modified = Files.getLastModifiedTime(file).toInstant();
    return new Part(path, new Content.Of(file, bytes, modified));
  }

  /** All of a file, as it is when it is copied. */
  static Part whole(String path, Path file) throws IOException {
    return new Part(path, new Content.Whole(file, Files.size(file)));
  }

  static Part read(String path, byte[] bytes) {
    return new Part(path, new Content.Read(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
  }

  long bytes() {
    return switch (content) {
      case Content.Of of -> of.bytes();
      case Content.Whole whole -> whole.expected();
      case Content.Read read -> read.bytes().remaining();
    };
  }
}
