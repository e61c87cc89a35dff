package mo.farol.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether something was written into a backup since it was made. For one thread. */
final class Written extends SimpleFileVisitor<Path> {
  private final Path home;
  private final Map<Path, Long> bytes = new HashMap<>();
  private @Nullable String found;

  private Written(Kept kept) {
    home = kept.home();
    for (var entry : kept.manifest().files()) {
      bytes.put(Path.of(entry.path()), entry.bytes());
    }
  }

  /** The first file that its list does not name, or in another length, said for people. */
  static Optional<String> since(Kept kept) throws IOException {
    var written = new Written(kept);
    if (Files.exists(written.home)) {
      Files.walkFileTree(written.home, written);
    }
    return Optional.ofNullable(written.found);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    var name = home.relativize(file);
    var kept = bytes.get(name);
    if (kept == null || !attributes.isRegularFile()) {
      return stop(name + " in it is not of a backup");
    }
    return kept == attributes.size()
        ? FileVisitResult.CONTINUE
        : stop(name + " in it was changed since");
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return stop(home.relativize(file) + " in it can't be read");
  }

  private FileVisitResult stop(String why) {
    found = why;
    return FileVisitResult.TERMINATE;
  }
}
