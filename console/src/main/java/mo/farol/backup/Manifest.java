package mo.farol.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.seal.Hash;

/**
 * What a backup holds: the file {@code manifest.json}.
 *
 * @param farol version that made it
 * @param begunAt what was acknowledged before is in it
 * @param madeAt when it was whole
 * @param hasKeys whether private keys are in it
 * @param first sequence of the first event of the journal's files
 * @param next sequence after the last event
 * @param head the newest signed head, empty where nothing was signed yet
 * @param key public key that signs the manifest
 * @param files every file of the home, in order of their paths
 */
record Manifest(
    String farol,
    Instant begunAt,
    Instant madeAt,
    boolean hasKeys,
    long first,
    long next,
    Optional<SealedTo> head,
    String key,
    List<Entry> files) {
  /** What this version writes. */
  private static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A signed head: how many events it covers, and their root in hexadecimal. */
  record SealedTo(long size, String root) {}

  /**
   * A file.
   *
   * @param path where it lies in the home, with slashes
   * @param sha256 of its bytes, in hexadecimal
   * @param modified when the home's file was last written
   */
  record Entry(String path, long bytes, String sha256, Instant modified) {}

  Manifest {
    files = List.copyOf(files);
  }

  /** Bytes of all files. */
  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  /** The file's bytes. */
  byte[] write() {
    var root = JSON.createObjectNode();
    root.put("format", FORMAT).put("farol", farol);
    root.put("begunAt", begunAt.toString()).put("madeAt", madeAt.toString());
    root.put("keys", hasKeys).put("key", key);
    root.putObject("journal").put("first", first).put("next", next);
    head.ifPresent(h -> root.putObject("head").put("size", h.size()).put("root", h.root()));
    var list = root.putArray("files");
    for (var file : files) {
      list.addObject()
          .put("path", file.path())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256())
          .put("modified", file.modified().toString());
    }
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reads {@link #write}; throws {@link IllegalArgumentException} on anything else. */
  static Manifest read(byte[] bytes) {
    try {
      var root = JSON.readTree(bytes);
      if (root.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException(
            "it is of format %s, and this Farol reads %d; take a newer one"
                .formatted(root.path("format").asText("none"), FORMAT));
      }
      var head = root.path("head");
      return new Manifest(
          root.path("farol").asText(),
          Instant.parse(root.path("begunAt").asText()),
          Instant.parse(root.path("madeAt").asText()),
          root.path("keys").asBoolean(),
          root.path("journal").path("first").asLong(),
          root.path("journal").path("next").asLong(),
          head.isObject()
              ? Optional.of(new SealedTo(head.path("size").asLong(), head.path("root").asText()))
              : Optional.empty(),
          root.path("key").asText(),
          entries(root.path("files")));
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("it can't be read: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the file's bytes, in hexadecimal. */
  static String digest(byte[] bytes) {
    return Hash.sha256(bytes).hex();
  }

  private static List<Entry> entries(JsonNode list) {
    var entries = new ArrayList<Entry>();
    Set<String> known = new HashSet<>();
    for (var node : list) {
      String path = node.path("path").asText();
      if (!isInside(path) || !known.add(path)) {
        throw new IllegalArgumentException("it names a file '" + path + "', which is none");
      }
      mustBeAName(path);
      entries.add(
          new Entry(
              path,
              node.path("bytes").asLong(),
              node.path("sha256").asText(),
              Instant.parse(node.path("modified").asText())));
    }
    return entries;
  }

  // Java takes names in the locale's character set only.
  private static void mustBeAName(String path) {
    try {
      var _ = Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "it names a file '%s', which has no name here: set LC_ALL=C.UTF-8".formatted(path), e);
    }
  }

  // Whoever wrote the manifest must not choose where in the machine a restore writes.
  private static boolean isInside(String path) {
    return !path.contains("\\")
        && path.indexOf('\0') < 0
        && List.of(path.split("/", -1)).stream()
            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }
}
