package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NIOFSDirectory;

/** What the files of the days lie on: a disk; in tests one that fails. */
interface Ground {
  /** The disk, of which merging leaves a fiftieth to what arrives. */
  Ground DISK = new OnDisk();

  /** Opens the folder of a day, made where there is none. */
  Directory open(Path folder) throws IOException;

  /** Opens the folder of a day to be read by ordinary file reads, mapping nothing. */
  default Directory plainly(Path folder) throws IOException {
    return new NIOFSDirectory(folder);
  }

  /** Bytes that merging may still take. */
  long roomBytes(Path folder) throws IOException;

  /** The disk. */
  final class OnDisk implements Ground {
    private static final long KEPT_PART = 50;

    private OnDisk() {}

    @Override
    public Directory open(Path folder) throws IOException {
      return FSDirectory.open(folder);
    }

    @Override
    public long roomBytes(Path folder) throws IOException {
      var disk = Files.getFileStore(folder);
      return disk.getUsableSpace() - disk.getTotalSpace() / KEPT_PART;
    }
  }
}
