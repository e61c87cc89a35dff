package mo.farol.centre;

import java.io.IOException;
import java.nio.file.Path;
import mo.farol.match.Matcher;
import mo.farol.match.SeenFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps which fields sources sent, across restarts. Nothing but a report hangs on it. */
final class FieldsFile {
  private static final Logger log = LoggerFactory.getLogger(FieldsFile.class);

  private final Path file;
  private SeenFields kept = SeenFields.none();

  FieldsFile(Path file) {
    this.file = file;
  }

  void load(Matcher matcher) {
    try {
      kept = SeenFields.load(file);
      matcher.seenBefore(kept);
    } catch (IOException e) {
      log.warn("{} can't be read; which fields sources sent is learned anew", file, e);
    }
  }

  void save(Matcher matcher) {
    var seen = matcher.seen();
    if (seen.equals(kept)) {
      return;
    }
    try {
      seen.save(file);
      kept = seen;
    } catch (IOException e) {
      log.warn("{} can't be written; tried again", file, e);
    }
  }
}
