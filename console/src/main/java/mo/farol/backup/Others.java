package mo.farol.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mo.farol.centre.Home;
import mo.farol.health.LastBackup;

/**
 * What of a home is no journal, index, seal, ledger, key or memory of sources: configuration,
 * rules, playbooks, the memory of imports, Farol's own log, and whatever the operator put there.
 *
 * @param parts files, also those that links name
 * @param remarks what is not in it and why, a sentence each
 */
record Others(List<Part> parts, List<String> remarks) {
  private static final Set<String> OF_A_PROCESS =
      Set.of("lock", "running.json", "restore.unfinished", Backup.LOCK, LastBackup.FILE);

  static Others of(Home home, boolean withKeys) throws IOException {
    var root = home.folder();
    var apart =
        new ArrayList<>(
            List.of(home.journal(), home.index(), home.seal(), home.keys(), home.sources()));
    if (!withKeys) {
      apart.add(home.agencies());
    }
    String ledger = home.ledger().getFileName().toString();
    var others = new Others(new ArrayList<>(), new ArrayList<>());
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
            return apart.contains(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            if (file.equals(root)) {
              throw new NotDirectoryException(root.toString());
            }
            String path = root.relativize(file).toString();
            boolean isOurs = path.startsWith(ledger) || OF_A_PROCESS.contains(path);
            if (!isOurs && !apart.contains(file) && !path.endsWith(".new")) {
              others.take(home, path, file);
            }
            return FileVisitResult.CONTINUE;
          }

          // Gone since it was listed: a log that was rolled on, a draft that took its place.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (Files.isDirectory(file) && !isNeeded(home, file)) {
              others.remarks.add(
                  "the folder %s can't be read and is not in the backup"
                      .formatted(root.relativize(file)));
            } else if (Files.exists(file)) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return others;
  }

  // A backup without the operator's own would be taken for one of all.
  private static boolean isNeeded(Home home, Path folder) {
    return folder.equals(home.folder())
        || folder.startsWith(home.rules())
        || folder.startsWith(home.playbooks());
  }

  // Java gives what it can't read of a name as this character, and can't tell it from another.
  private static boolean isReadable(String path) {
    return path.indexOf('\uFFFD') < 0;
  }

  private void take(Home home, String path, Path file) throws IOException {
    if (!isReadable(path)) {
      if (isNeeded(home, file)) {
        throw new BackupFault(
            "the name of the file %s is no UTF-8, or the locale isn't: rename it, or set LC_ALL=C.UTF-8"
                .formatted(path));
      }
      remarks.add(
          "the name of the file %s is no UTF-8, or the locale isn't: it is not in the backup"
              .formatted(path));
    } else if (Files.isDirectory(file)) {
      remarks.add(path + " is a link to a folder and is not in the backup");
    } else if (Files.isRegularFile(file)) {
      parts.add(Part.whole(path, file));
    }
  }
}
