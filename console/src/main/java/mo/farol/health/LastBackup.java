package mo.farol.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import mo.farol.disk.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the home remembers of backups, in {@code backup.json}.
 *
 * @param whole the newest that is whole
 * @param failed the last attempt, where it came after and failed
 */
public record LastBackup(Optional<Told> whole, Optional<Told> failed) {
  /** Name of the file in the home. */
  public static final String FILE = "backup.json";

  /**
   * One of them.
   *
   * @param at when it was begun: what was acknowledged before is in it
   * @param what where it lies, or why it failed
   */
  public record Told(Instant at, String what) {}

  private static final Logger log = LoggerFactory.getLogger(LastBackup.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LastBackup NONE = new LastBackup(Optional.empty(), Optional.empty());

  /** Reads what a home remembers; one that can't be read remembers nothing. */
  public static LastBackup in(Path home) {
    try {
      var file = home.resolve(FILE);
      if (!Files.exists(file)) {
        return NONE;
      }
      var root = JSON.readTree(Files.readAllBytes(file));
      return new LastBackup(told(root.path("whole")), told(root.path("failed")));
    } catch (IOException | DateTimeException e) {
      return NONE;
    }
  }

  /** Takes note of a backup that is whole. */
  public static void made(Path home, Instant at, Path folder) {
    new LastBackup(Optional.of(new Told(at, folder.toString())), Optional.empty()).write(home);
  }

  /** Takes note of one that was not made. */
  public static void failed(Path home, Instant at, String why) {
    new LastBackup(in(home).whole, Optional.of(new Told(at, why))).write(home);
  }

  // The backup is what matters: where the home can't be told of it, the command still can.
  private void write(Path home) {
    var root = JSON.createObjectNode();
    whole.ifPresent(told -> put(root.putObject("whole"), told));
    failed.ifPresent(told -> put(root.putObject("failed"), told));
    try {
      AtomicFile.replace(home.resolve(FILE), JSON.writeValueAsBytes(root));
    } catch (IOException e) {
      log.warn("cannot note the backup in {}: {}", home, e.toString());
    }
  }

  private static void put(ObjectNode node, Told told) {
    node.put("at", told.at().toString()).put("what", told.what());
  }

  private static Optional<Told> told(JsonNode node) {
    return node.isObject()
        ? Optional.of(new Told(Instant.parse(node.path("at").asText()), node.path("what").asText()))
        : Optional.empty();
  }
}
