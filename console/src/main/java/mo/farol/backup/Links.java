package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import mo.farol.centre.Folders;
import mo.farol.centre.Home;
import mo.farol.disk.Folder;
import mo.farol.disk.OwnerOnly;

/**
 * Second names for files of a home: whatever the centre puts in their place or removes, what they
 * held stays until {@link #close}. They lie beside what they name, in folders that no room reads.
 */
class Links implements AutoCloseable {
  private final List<Path> rooms;

  Links(List<Path> rooms) {
    this.rooms = rooms;
  }

  /** Begins without links; those that an earlier process left are removed. */
  static Links in(Path... rooms) throws IOException {
    var links = new Links(List.of(rooms));
    links.close();
    return links;
  }

  /**
   * A second name; one that it was given before is kept.
   *
   * @param room folder of the home's that the file lies in or below
   * @throws NoSuchFileException where the file is gone
   * @throws BackupFault where the disk knows no second names
   */
  Path to(Path room, Path file) throws IOException {
    var link = of(room, file);
    OwnerOnly.makeFolder(Folder.of(link));
    if (Files.exists(link)) {
      if (Files.isSameFile(link, file)) {
        return link;
      }
      Files.delete(link);
    }
    try {
      return Files.createLink(link, file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      throw new BackupFault(
          ("cannot make a hard link to %s: %s. A home is backed up by who owns it, on a disk that"
                  + " knows hard links; elsewhere stop the centre and copy the whole folder")
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Where the second name of a file is. */
  final Path of(Path room, Path file) {
    return Home.links(room).resolve(room.relativize(file).toString());
  }

  /** Removes all. */
  @Override
  public void close() throws IOException {
    for (var room : rooms) {
      Folders.delete(Home.links(room));
    }
  }
}
