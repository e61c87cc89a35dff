package mo.farol.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A backup made before, whose files need not be copied once more. A file is the same where its
 * path, length and time are, and its first and last 4 KiB: there segments carry a tag of their own
 * and the number of their edition, and files of the index an id of their own and a checksum.
 *
 * @param home folder of its files
 * @param entries what its manifest says of them
 */
record Earlier(Path home, Map<String, Manifest.Entry> entries) {
  private static final int END = 4 << 10;

  static Earlier of(Kept kept) {
    return new Earlier(
        kept.home(),
        kept.manifest().files().stream()
            .collect(Collectors.toMap(Manifest.Entry::path, Function.identity())));
  }

  /** What the manifest said of a file that is the same now. */
  Optional<Manifest.Entry> same(Part part) {
    try {
      return alike(part);
    } catch (IOException e) {
      return Optional.empty(); // copied then; where that fails, too, it is told
    }
  }

  private Optional<Manifest.Entry> alike(Part part) throws IOException {
    var entry = entries.get(part.path());
    if (entry == null || !(part.content() instanceof Part.Content.Of of)) {
      return Optional.empty();
    }
    var file = home.resolve(part.path());
    boolean isSame =
        of.bytes() == entry.bytes()
            && of.modified().equals(entry.modified())
            && Disk.isFileIn(home, part.path())
            && Files.size(file) == of.bytes()
            && areAlike(file, of.file(), of.bytes());
    return isSame ? Optional.of(entry) : Optional.empty();
  }

  /** Gives a file of this backup a second name; false where the disk knows none. */
  boolean link(Part part, Path name) throws IOException {
    try {
      Files.createLink(name, home.resolve(part.path()));
      return true;
    } catch (UnsupportedOperationException | IOException e) {
      Files.deleteIfExists(name);
      return false;
    }
  }

  private static boolean areAlike(Path one, Path other, long bytes) throws IOException {
    int end = (int) Math.min(END, bytes);
    return Arrays.equals(read(one, 0, end), read(other, 0, end))
        && Arrays.equals(read(one, bytes - end, end), read(other, bytes - end, end));
  }

  private static byte[] read(Path file, long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      in.readFully(bytes);
    }
    return bytes;
  }
}
