package mo.farol.silence;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mo.farol.disk.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when the centre heard, and when it did not before, in a file beside that of the sources.
 */
final class AwayFile {
  private static final Logger LOG = LoggerFactory.getLogger(AwayFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What it holds, in microseconds.
   *
   * @param until when it was last written, 0 never
   */
  record Kept(long until, List<Outages.Span> away) {}

  private AwayFile() {}

  static void write(Path file, Kept kept) {
    try {
      AtomicFile.replace(file, JSON.writeValueAsBytes(kept));
    } catch (IOException e) {
      throw new UncheckedIOException("can't write when the centre was away to " + file, e);
    }
  }

  // Without it, the centre was away since it heard the last source.
  static Kept read(Path file) {
    try {
      if (Files.exists(file)) {
        return JSON.readValue(file.toFile(), Kept.class);
      }
    } catch (IOException e) {
      LOG.warn("when the centre was away can't be read from {}: {}", file, e.getMessage());
    }
    return new Kept(0, List.of());
  }
}
