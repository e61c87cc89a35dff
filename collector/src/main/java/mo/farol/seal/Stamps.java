package mo.farol.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Time stamps of heads, in {@code stamps.jsonl}. Any thread. */
public final class Stamps {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lines lines;
  private final NavigableMap<Long, String> bySize = new TreeMap<>();

  Stamps(Path folder) {
    this.lines = new Lines(folder.resolve("stamps.jsonl"));
    try {
      lines.forEach(this::enter);
    } catch (IOException e) {
      throw new SealFault("cannot read the time stamps in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The time stamps in a seal's folder. */
  public static Stamps in(Path sealFolder) {
    return new Stamps(sealFolder);
  }

  /** The token over the head of this size, base64. */
  public synchronized Optional<String> of(long size) {
    return Optional.ofNullable(bySize.get(size));
  }

  /** Size of the first stamped head that covers a sequence. */
  public synchronized Optional<Long> sizeAbove(long sequence) {
    return Optional.ofNullable(bySize.higherKey(sequence));
  }

  /** Sizes of all heads that were stamped. */
  public synchronized Set<Long> sizes() {
    return Set.copyOf(bySize.keySet());
  }

  synchronized void add(long size, String token) {
    try {
      String line = JSON.createObjectNode().put("size", size).put("token", token).toString();
      lines.append(line);
      enter(line);
    } catch (IOException e) {
      throw new SealFault("cannot write a time stamp: " + e.getMessage(), e);
    }
  }

  private void enter(String line) {
    try {
      var node = JSON.readTree(line);
      bySize.put(node.path("size").asLong(), node.path("token").asText());
    } catch (JsonProcessingException e) {
      throw new SealFault("a line of stamps.jsonl is no JSON", e);
    }
  }
}
