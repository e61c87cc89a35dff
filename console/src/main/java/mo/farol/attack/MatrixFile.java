package mo.farol.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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

  /** Several times what MITRE's own has. */
  private static final long LARGEST = 256L << 20;

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
        known = new Known(read(attributes.size()), Optional.empty());
      }
    } catch (NoSuchFileException e) {
      read = Optional.empty();
      known = new Known(Matrix.NONE, Optional.empty());
    } catch (IOException e) {
      LOG.warn("{} can't be read: {}", file, e.toString());
      // Another look at what is no bundle would find the same; a right or a disk may be mended.
      read = isContent(e) ? read : Optional.empty();
      known = new Known(known.matrix(), Optional.of(fault(e)));
    }
    return known;
  }

  private Matrix read(long size) throws IOException {
    if (size > LARGEST) {
      throw new BundleReader.NoBundle("it has more than %,d MiB".formatted(LARGEST >> 20));
    }
    return BundleReader.read(file);
  }

  private static boolean isContent(IOException e) {
    return e instanceof JsonProcessingException || e instanceof BundleReader.NoBundle;
  }

  // Where the home lies is no business of who reads the page.
  private static String fault(IOException e) {
    return switch (e) {
      case JsonProcessingException json -> json.getOriginalMessage();
      case BundleReader.NoBundle none -> String.valueOf(none.getMessage());
      case AccessDeniedException _ -> "no permission";
      default -> "the disk does not give it";
    };
  }
}
