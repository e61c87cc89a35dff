package mo.farol.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a site keeps ATT&amp;CK, read when it is first asked for and again once it is
 * another. Any thread; whoever asks first waits for the reading.
 */
public final class MatrixFile {
  /** Its name in {@code rules} of the home, which is MITRE's own. */
  public static final String NAME = "enterprise-attack.json";

  private static final Logger LOG = LoggerFactory.getLogger(MatrixFile.class);

  /**
   * What is known.
   *
   * @param fault why the file can't be read; empty where it can, or where there is none
   */
  public record Known(Matrix matrix, Optional<String> fault) {}

  private record Stamp(FileTime changed, long size) {}

  private final Path file;
  private Optional<Stamp> read = Optional.empty();
  private Known known = new Known(Matrix.NONE, Optional.empty());

  /**
   * @param rules {@code rules} of the home
   */
  public MatrixFile(Path rules) {
    file = rules.resolve(NAME);
  }

  /** What the file holds now; of one that can't be read any more, what it held before. */
  public synchronized Known now() {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var stamp = Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size()));
      if (!stamp.equals(read)) {
        read = stamp;
        known = new Known(BundleReader.read(file), Optional.empty());
      }
    } catch (NoSuchFileException e) {
      read = Optional.empty();
      known = new Known(Matrix.NONE, Optional.empty());
    } catch (IOException e) {
      LOG.warn("{} can't be read: {}", file, e.toString());
      known = new Known(known.matrix(), Optional.of(why(e)));
    }
    return known;
  }

  private static String why(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
