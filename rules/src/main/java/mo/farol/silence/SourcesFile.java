package mo.farol.silence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mo.farol.disk.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources in a JSON file. */
final class SourcesFile {
  private static final Logger LOG = LoggerFactory.getLogger(SourcesFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private SourcesFile() {}

  static void write(Path file, List<Remembered> sources) {
    try {
      AtomicFile.replace(file, JSON.writeValueAsBytes(sources));
    } catch (IOException e) {
      throw new UncheckedIOException("can't write the sources to " + file, e);
    }
  }

  // What is lost with a damaged file is learned again from traffic.
  static List<Remembered> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JSON.readValue(file.toFile(), new TypeReference<List<Remembered>>() {});
    } catch (IOException e) {
      LOG.warn("the sources in {} can't be read and are learned anew: {}", file, e.getMessage());
      return List.of();
    }
  }
}
