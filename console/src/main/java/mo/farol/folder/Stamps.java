package mo.farol.folder;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Size and time of files at one look. Folders may be within a jar. */
public final class Stamps {
  private record Stamp(long size, long atMillis) {}

  private final Map<Path, Stamp> files = new HashMap<>(); // paths of a jar and a disk have no order

  /** Of no file yet. */
  public Stamps() {}

  /**
   * Adds the files of a folder, or of the one behind a link; of one that is not there none.
   *
   * @param depth how far below it to look, from 1
   * @param wanted which files
   */
  public Stamps with(Path folder, int depth, Predicate<Path> wanted) throws IOException {
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(
          folder.toRealPath(),
          EnumSet.noneOf(FileVisitOption.class),
          depth,
          new Visit(this, wanted));
    }
    return this;
  }

  /** Those alone that were last changed before an instant, in milliseconds. */
  public Stamps before(long millis) {
    var some = new Stamps();
    some.files.putAll(files);
    some.files.values().removeIf(stamp -> stamp.atMillis >= millis);
    return some;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stamps that && files.equals(that.files);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }

  private static final class Visit extends SimpleFileVisitor<Path> {
    private final Stamps into;
    private final Predicate<Path> wanted;

    Visit(Stamps into, Predicate<Path> wanted) {
      this.into = into;
      this.wanted = wanted;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
      if (is.isRegularFile() && wanted.test(file)) {
        into.files.put(file, new Stamp(is.size(), is.lastModifiedTime().toMillis()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // it went while we looked
    }
  }
}
