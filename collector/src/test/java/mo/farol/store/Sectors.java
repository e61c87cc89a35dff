package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.NIOFSDirectory;

/** A disk of which files can't be opened to be mapped, or to be read, as a test says. */
final class Sectors implements Ground {
  /** Done before a file is opened; throws where that fails. */
  interface Opening {
    void of(Path file) throws IOException;
  }

  private volatile Opening mapped = _ -> {};
  private volatile Opening plain = _ -> {};

  /** What happens to who maps a file. */
  void mapping(Opening each) {
    mapped = each;
  }

  /** What happens to who reads a file. */
  void reading(Opening each) {
    plain = each;
  }

  /** From here on all is well. */
  void heal() {
    mapped = _ -> {};
    plain = _ -> {};
  }

  /** A sector under a file goes bad, and stays so wherever the file is moved. */
  void goBad(Path file) throws IOException {
    var bad = key(file);
    mapped =
        each -> {
          if (bad.equals(key(each))) {
            throw new InternalError("a fault occurred in an unsafe memory access (made up)");
          }
        };
    plain =
        each -> {
          if (bad.equals(key(each))) {
            throw new IOException("Input/output error (made up)");
          }
        };
  }

  private static Object key(Path file) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "no inode");
  }

  @Override
  public Directory open(Path folder) throws IOException {
    return new Met(FSDirectory.open(folder), folder, file -> mapped.of(file));
  }

  @Override
  public Directory plainly(Path folder) throws IOException {
    return new Met(new NIOFSDirectory(folder), folder, file -> plain.of(file));
  }

  @Override
  public long roomBytes(Path folder) {
    return Long.MAX_VALUE;
  }

  private static final class Met extends FilterDirectory {
    private final Path folder;
    private final Opening opening;

    Met(Directory in, Path folder, Opening opening) {
      super(in);
      this.folder = folder;
      this.opening = opening;
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
      opening.of(folder.resolve(name));
      return super.openInput(name, context);
    }
  }
}
