package mo.farol.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was removed from the journal, in {@code removals.jsonl}: a chain of hashes. Any thread. */
public final class Removals {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  /** How many there are, and the hash of the last one's line. */
  public record Tip(long count, Hash hash) {}

  private final Path file;
  private final Lines lines;
  private final List<Removal> all = new ArrayList<>();
  private final List<Hash> hashes = new ArrayList<>();
  private final Taken taken = new Taken();
  private final List<String> broken = new ArrayList<>();

  private Removals(Path folder) {
    this.file = folder.resolve("removals.jsonl");
    this.lines = new Lines(file);
  }

  /** Reads the removals in a seal's folder. */
  public static Removals in(Path sealFolder) {
    var removals = new Removals(sealFolder);
    try {
      removals.lines.forEach(removals::enter);
    } catch (IOException e) {
      throw removals.fault("read", e);
    }
    return removals;
  }

  /** Records a removal before it is done; on disk when this returns. */
  public synchronized Removal record(Removal wanted) {
    var removal =
        new Removal(
            all.size() + 1L,
            tip().hash().hex(),
            wanted.at(),
            wanted.policy(),
            wanted.by(),
            wanted.agency(),
            wanted.input(),
            wanted.segment(),
            wanted.runs(),
            wanted.frames());
    try {
      String line = JSON.writeValueAsString(removal);
      lines.append(line);
      enter(line);
      return removal;
    } catch (IOException e) {
      throw fault("write", e);
    }
  }

  /** All of them, oldest first. */
  public synchronized List<Removal> all() {
    return List.copyOf(all);
  }

  /** The removal that took a frame. */
  public synchronized Optional<Removal> of(long sequence) {
    return taken.by(sequence);
  }

  /** Whether anything was taken out of one of the journal's files. */
  public synchronized boolean touch(int segment) {
    return taken.touches(segment);
  }

  /** The newest. */
  public synchronized Tip tip() {
    return new Tip(all.size(), hashes.isEmpty() ? Hash.ZERO : hashes.getLast());
  }

  /** What is wrong with the chain, one sentence each. */
  public synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  /** Whether the first {@code count} records end in this hash. */
  public synchronized boolean leadsTo(long count, Hash hash) {
    return count == 0
        ? hash.equals(Hash.ZERO)
        : count <= hashes.size() && hashes.get((int) count - 1).equals(hash);
  }

  private void enter(String line) {
    long number = all.size() + 1L;
    try {
      var removal = JSON.readValue(line, Removal.class);
      if (removal.number() != number
          || !removal.previous().equals(tip().hash().hex())
          || !JSON.writeValueAsString(removal).equals(line)) {
        broken.add("removal " + number + " is not as it was recorded, or one before it is missing");
      }
      taken.add(removal);
      all.add(removal);
      hashes.add(Hash.sha256(line.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      broken.add("line " + number + " of removals.jsonl is no removal");
    }
  }

  private SealFault fault(String what, Exception e) {
    return new SealFault("cannot " + what + " " + file + ": " + e.getMessage(), e);
  }
}
