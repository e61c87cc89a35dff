package mo.farol.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;

/** Whether the files of a day are as they were written. */
final class Damage {
  /** What came of a look at the files of a day. */
  sealed interface Look {
    /** They are as they were written. */
    record Sound() implements Look {}

    /** They are not. */
    record Damaged(String what) implements Look {}

    /** They could not be read for a reason that is not in them; nothing is known of them. */
    record Untold(Throwable why) implements Look {}
  }

  private static final int DEEPEST = 16;
  private static final int TRIES = 10;

  private Damage() {}

  /** Whether a failure may come from damaged files rather than from a disk that is full or away. */
  static boolean isToldBy(Throwable failure) {
    return has(failure, Damage::isDamage) || isOfMapping(failure);
  }

  private static boolean has(Throwable failure, Predicate<Throwable> wanted) {
    int depth = 0;
    for (var cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause()) {
      if (wanted.test(cause)) {
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
        || failure instanceof IndexOutOfBoundsException;
  }

  // What a mapped file throws that the disk can't give, for good or just now.
  private static boolean isOfMapping(Throwable failure) {
    return has(failure, InternalError.class::isInstance);
  }

  /**
   * Reads every file of a shard through, those of its last commit and those it answers from.
   *
   * @param folder its files lie in
   */
  static Look of(Shard shard, Ground ground, Path folder) {
    var answering = new HashSet<String>();
    try {
      var open = shard.acquire();
      if (open != null) {
        try {
          check(open, answering);
        } finally {
          open.decRef();
        }
      }
      check(shard.directory());
      return new Look.Sound();
    } catch (AlreadyClosedException e) {
      return new Look.Untold(e);
    } catch (IOException | RuntimeException | InternalError e) {
      return told(e, ground, folder, answering);
    }
  }

  private static void check(Directory directory) throws IOException {
    if (DirectoryReader.indexExists(directory)) {
      try (var reader = DirectoryReader.open(directory)) {
        check(reader, new HashSet<>());
      }
    }
  }

  private static void check(DirectoryReader reader, Set<String> files) throws IOException {
    for (var leaf : reader.leaves()) {
      if (leaf.reader() instanceof SegmentReader segment) {
        files.addAll(segment.getSegmentInfo().files());
      }
    }
    for (var leaf : reader.leaves()) {
      leaf.reader().checkIntegrity();
    }
  }

  /**
   * What a failure to read a day says of it. A page that was mapped and did not come is read once
   * more by ordinary reads before it is believed.
   *
   * @param answering files that were being read beside those of the last commit
   */
  static Look told(Throwable failure, Ground ground, Path folder, Set<String> answering) {
    if (isOfMapping(failure)) {
      return readAgain(ground, folder, answering);
    }
    boolean isWorldly = has(failure, IOException.class::isInstance);
    return has(failure, Damage::isDamage) || !isWorldly
        ? new Look.Damaged(failure.toString())
        : new Look.Untold(failure);
  }

  // An ordinary read that fails has met a bad sector, or a disk that is away: that one takes
  // nothing either.
  private static Look readAgain(Ground ground, Path folder, Set<String> answering) {
    try (var plain = ground.plainly(folder)) {
      read(plain, answering);
      return new Look.Sound();
    } catch (FileSystemException e) {
      return isDamage(e) ? new Look.Damaged(e.toString()) : new Look.Untold(e);
    } catch (IOException | RuntimeException e) {
      return has(e, Damage::isDamage) || takesFiles(folder)
          ? new Look.Damaged(e.toString())
          : new Look.Untold(e);
    }
  }

  // A commit meanwhile takes files away; where there was none, what is missing is missing.
  private static void read(Directory plain, Set<String> answering) throws IOException {
    for (int tried = 1; ; tried++) {
      long before = SegmentInfos.getLastCommitGeneration(plain);
      try {
        readOnce(plain, answering);
        return;
      } catch (NoSuchFileException | FileNotFoundException e) {
        if (tried == TRIES || before == SegmentInfos.getLastCommitGeneration(plain)) {
          throw e;
        }
      }
    }
  }

  private static void readOnce(Directory plain, Set<String> answering) throws IOException {
    var committed =
        DirectoryReader.indexExists(plain)
            ? SegmentInfos.readLatestCommit(plain).files(true)
            : Set.<String>of();
    for (String file : committed) {
      sum(plain, file);
    }
    for (String file : answering) {
      if (!committed.contains(file)) {
        try {
          sum(plain, file);
        } catch (NoSuchFileException | FileNotFoundException e) {
          // merged into another; who still reads it has it open
        }
      }
    }
  }

  private static void sum(Directory plain, String file) throws IOException {
    try (var input = plain.openInput(file, IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(input);
    }
  }

  private static boolean takesFiles(Path folder) {
    var probe = folder.resolveSibling("probe");
    try {
      try (var file =
          FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.allocate(1));
        file.force(true);
      }
      Files.delete(probe);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
