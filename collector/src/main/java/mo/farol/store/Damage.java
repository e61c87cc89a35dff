package mo.farol.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** Whether the files of a day are as they were written. */
final class Damage {
  private static final int DEEPEST = 16;

  private Damage() {}

  /** Whether a failure speaks of damaged files rather than of a disk that is full or away. */
  static boolean isToldBy(Throwable failure) {
    int depth = 0;
    for (var cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause()) {
      if (isDamage(cause)) {
        return true;
      }
      depth++;
    }
    return false;
  }

  private static boolean isDamage(Throwable failure) {
    return failure instanceof CorruptIndexException
        || failure instanceof IndexFormatTooNewException
        || failure instanceof IndexFormatTooOldException
        || failure instanceof EOFException
        || failure instanceof NoSuchFileException
        || failure instanceof FileNotFoundException
        || failure instanceof IndexOutOfBoundsException
        || failure instanceof InternalError; // a mapped file that the disk can't give
  }

  /**
   * Whether a folder could not be opened for a reason that is not in its files: too many are open,
   * or they are somebody else's.
   */
  static boolean isElsewhere(IOException failure) {
    return failure instanceof FileSystemException && !(failure instanceof NoSuchFileException);
  }

  /**
   * Reads every file of a shard through, those of its last commit and those it answers from; says
   * what is wrong with them.
   */
  static Optional<String> of(Shard shard) {
    try {
      var open = shard.acquire();
      if (open != null) {
        try {
          check(open);
        } finally {
          open.decRef();
        }
      }
      return of(shard.directory());
    } catch (AlreadyClosedException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException | InternalError e) {
      return told(e);
    }
  }

  private static Optional<String> of(Directory directory) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return Optional.empty();
    }
    try (var reader = DirectoryReader.open(directory)) {
      check(reader);
    }
    return Optional.empty();
  }

  private static void check(DirectoryReader reader) throws IOException {
    for (var leaf : reader.leaves()) {
      leaf.reader().checkIntegrity();
    }
  }

  private static Optional<String> told(Throwable failure) {
    boolean isElsewhere = failure instanceof IOException io && isElsewhere(io);
    return isElsewhere ? Optional.empty() : Optional.of(failure.toString());
  }
}
