package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import mo.farol.disk.AtomicFile;
import mo.farol.indicator.Novelties.Novelty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Indicators that wait to be looked for in history, in a file, so that a restart forgets none: a
 * line of JSON each, in the order in which they came. What is taken is on disk. Any thread.
 */
public final class Backlog {
  /** Its name within the folder of indicators. */
  public static final String FILE = ".look-back";

  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HUNT = "hunt";

  /**
   * What is being looked for.
   *
   * @param hunt id
   */
  public record Begun(String hunt, List<Novelty> some) {
    public Begun {
      some = List.copyOf(some);
    }
  }

  private final Path file;
  private final Set<Novelty> waiting = new LinkedHashSet<>();
  private final Set<Novelty> aside = new LinkedHashSet<>();
  private Optional<Begun> begun = Optional.empty();
  private boolean isTorn; // the file is not a line of each in order: its last may be half of one

  private Backlog(Path file) {
    this.file = file;
  }

  /** What a file holds, which may be absent; lines that can't be read are told and left out. */
  public static Backlog open(Path file) {
    var backlog = new Backlog(file);
    try {
      if (Files.exists(file)) {
        backlog.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      LOG.error("which indicators wait to be looked for in history can't be read: {}", file, e);
    }
    return backlog;
  }

  private void read(String text) {
    var first = new ArrayList<Novelty>();
    var last = new ArrayList<Novelty>();
    String hunt = "";
    int ofHunt = 0;
    int broken = 0;
    for (String line : text.lines().toList()) {
      try {
        var node = JSON.readTree(line);
        if (node.has(HUNT)) {
          hunt = node.path(HUNT).asText();
          ofHunt = node.path("count").asInt();
        } else {
          (node.path("aside").asBoolean() ? last : first).add(PendingIndicator.novelty(node));
        }
      } catch (JsonProcessingException | IllegalArgumentException e) {
        broken++;
      }
    }
    if (broken > 0) {
      LOG.warn("{}: {} lines can't be read and are left out", file, broken);
    }
    // What was set aside waits behind the others now, which is not its place in the file.
    isTorn = broken > 0 || !text.endsWith("\n") || !last.isEmpty();
    if (ofHunt > 0 && ofHunt <= first.size()) {
      begun = Optional.of(new Begun(hunt, first.subList(0, ofHunt)));
    }
    waiting.addAll(first);
    waiting.addAll(last);
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size() + aside.size();
  }

  /** Whether some wait that were not set aside. */
  public synchronized boolean hasNext() {
    return !waiting.isEmpty();
  }

  /**
   * Takes some that don't wait already.
   *
   * @throws IndicatorFault where they can't be kept: then none was taken
   */
  public synchronized void add(List<Novelty> some) {
    var next = new ArrayList<Novelty>();
    for (Novelty each : new LinkedHashSet<>(some)) {
      if (!waiting.contains(each) && !aside.contains(each)) {
        next.add(each);
      }
    }
    if (!next.isEmpty()) {
      append(lines(next, false));
      waiting.addAll(next);
    }
  }

  /** The oldest that waits, and those behind it that are like it. */
  public synchronized List<Novelty> next(int most, BiPredicate<Novelty, Novelty> areAlike) {
    var some = new ArrayList<Novelty>();
    for (Novelty each : waiting) {
      if (some.size() == most || !some.isEmpty() && !areAlike.test(some.getFirst(), each)) {
        break;
      }
      some.add(each);
    }
    return some;
  }

  /** Remembers by which hunt those are looked for that {@link #next} gave. */
  public synchronized void begun(String hunt, List<Novelty> some) {
    try {
      append(line(JSON.createObjectNode().put(HUNT, hunt).put("count", some.size())));
    } catch (IndicatorFault e) {
      LOG.warn("where the centre ends now, some indicators are looked for twice", e);
    }
  }

  /** What an earlier run was looking for at its end. */
  public synchronized Optional<Begun> begun() {
    return begun;
  }

  /** These need wait no more. */
  public synchronized void done(List<Novelty> some) {
    some.forEach(waiting::remove);
    write();
  }

  /** These wait for the next start. */
  public synchronized void setAside(List<Novelty> some) {
    some.forEach(waiting::remove);
    aside.addAll(some);
    write();
  }

  private void append(byte[] lines) {
    try {
      if (isTorn) {
        rewrite();
      }
      isTorn = true;
      force(lines);
      isTorn = false;
    } catch (IOException e) {
      throw new IndicatorFault("can't write " + file + ": " + e.getMessage(), e);
    }
  }

  // Where it can't be, the file holds more than waits: it is looked for again after a restart.
  private void write() {
    try {
      rewrite();
    } catch (IOException e) {
      isTorn = true;
      LOG.warn("can't write {}: a restart looks for more than was left", file, e);
    }
  }

  private void rewrite() throws IOException {
    if (waiting.isEmpty() && aside.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      var lines = new ByteArrayOutputStream();
      lines.writeBytes(lines(waiting, false));
      lines.writeBytes(lines(aside, true));
      AtomicFile.replace(file, lines.toByteArray());
    }
    isTorn = false;
  }

  private void force(byte[] bytes) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static byte[] lines(Collection<Novelty> some, boolean isAside) {
    var bytes = new ByteArrayOutputStream();
    for (Novelty each : some) {
      var node = PendingIndicator.node(each);
      if (isAside) {
        node.put("aside", true);
      }
      bytes.writeBytes(line(node));
    }
    return bytes.toByteArray();
  }

  private static byte[] line(JsonNode node) {
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
