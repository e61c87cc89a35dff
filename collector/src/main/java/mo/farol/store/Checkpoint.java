package mo.farol.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * How far all days together have come: written after every day that had changed was committed, so a
 * replay from {@code next} misses nothing. Each day's own commit says which of those events it has,
 * so nothing is doubled either.
 *
 * @param next sequence of the first event that some day may lack
 * @param days days that existed; where one is gone, everything is replayed
 */
record Checkpoint(long next, List<String> days) {
  static final String FILE = "checkpoint";

  Checkpoint {
    days = List.copyOf(days);
  }

  /** Reads the file of a folder; one that is absent or damaged says "from the beginning". */
  static Checkpoint read(Path folder) throws IOException {
    try {
      var lines = Files.readAllLines(folder.resolve(FILE));
      return new Checkpoint(Long.parseLong(lines.getFirst()), lines.subList(1, lines.size()));
    } catch (NoSuchFileException | NumberFormatException | java.util.NoSuchElementException e) {
      return new Checkpoint(0, List.of());
    }
  }

  /** Replaces the file of a folder; on disk when this returns. */
  void write(Path folder) throws IOException {
    var fresh = folder.resolve(FILE + ".new");
    var text = new StringBuilder().append(next).append('\n');
    days.forEach(day -> text.append(day).append('\n'));
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
