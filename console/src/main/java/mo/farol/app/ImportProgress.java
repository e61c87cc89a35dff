package mo.farol.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How far the import of one file into one agency has come, kept in the home. */
final class ImportProgress {
  private final Path note;
  private final String lane;
  private long done;

  private ImportProgress(Path note, String lane, long done) {
    this.note = note;
    this.lane = lane;
    this.done = done;
  }

  /** The progress of a file, known by its agency, size and first MiB rather than by its name. */
  static ImportProgress of(Path home, Path file, String agency, boolean again) throws IOException {
    String id = identity(file, agency);
    Path note = home.resolve("imports").resolve(id);
    Files.createDirectories(note.getParent());
    int round = 0;
    long done = 0;
    if (Files.exists(note)) {
      String[] words = Files.readString(note).strip().split(" ", -1);
      round = Integer.parseInt(words[0]);
      done = Long.parseLong(words[1]);
    }
    if (again) {
      round++;
      done = 0;
    }
    return new ImportProgress(note, "import-" + id + "-" + round, done);
  }

  /** Names the windows and clocks of this import. */
  String lane() {
    return lane;
  }

  /** Lines that are durable. */
  long done() {
    return done;
  }

  /** Remembers that so many lines are durable. */
  void reached(long lines) {
    done = lines;
    try {
      // Not forced to disk, thousands of times in one import: what it loses is sent again.
      Path draft = note.resolveSibling(note.getFileName() + ".new");
      Files.writeString(draft, lane.substring(lane.lastIndexOf('-') + 1) + " " + lines);
      Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the progress of the import in " + note, e);
    }
  }

  private static String identity(Path file, String agency) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((agency + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(in.readNBytes(1 << 20));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
