package mo.farol.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Every head ever signed, in {@code heads.jsonl}: one {@code {"note":…}} a line. Any thread. */
public final class Heads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "heads.jsonl";
  private static final String NOTE = "note";
  private static final long NEAR = 4096;

  private final Path file;
  private final Lines lines;
  private final long limit;

  private Heads(Path file, Lines lines, long limit) {
    this.file = file;
    this.lines = lines;
    this.limit = limit;
  }

  /** The heads in a seal's folder. */
  public static Heads in(Path sealFolder) {
    var file = sealFolder.resolve(FILE);
    return new Heads(file, new Lines(file), Long.MAX_VALUE);
  }

  /** The heads there are now; those that are signed later are not among them. */
  public static Heads untilNow(Path sealFolder) {
    var heads = in(sealFolder);
    try {
      return new Heads(heads.file, heads.lines, heads.lines.settled());
    } catch (IOException e) {
      throw heads.fault("read", e);
    }
  }

  /** The newest head. */
  public Optional<SignedHead> last() {
    try {
      return lines.last(limit).map(Heads::read);
    } catch (IOException | IllegalArgumentException e) {
      throw fault("read", e);
    }
  }

  /** The first head that covers this sequence. */
  public Optional<SignedHead> covering(long sequence) {
    try {
      return find(sequence);
    } catch (IOException | IllegalArgumentException e) {
      throw fault("read", e);
    }
  }

  /** The first head of this size. */
  public Optional<SignedHead> ofSize(long size) {
    return covering(size - 1).filter(head -> head.head().size() == size);
  }

  /** Every line as it stands in the file, in order, and what stands behind the last one. */
  public void forEachLine(Consumer<String> action) {
    try {
      lines.forEach(0, Math.min(limit, lines.settled()), (_, line) -> action.accept(line));
    } catch (IOException e) {
      throw fault("read", e);
    }
  }

  /** Reads a line of the file; throws {@link IllegalArgumentException} on anything else. */
  public static SignedHead read(String line) {
    try {
      var head = SignedHead.parse(JSON.readTree(line).path(NOTE).asText());
      if (line(head).equals(line)) {
        return head;
      }
      throw new IllegalArgumentException("this line is not as it was written");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no line of JSON", e);
    }
  }

  void append(SignedHead head) {
    try {
      lines.append(line(head));
    } catch (IOException e) {
      throw fault("write", e);
    }
  }

  // Sizes grow from line to line; lines are halved until few are left.
  private Optional<SignedHead> find(long sequence) throws IOException {
    long low = 0;
    long high = Math.min(limit, lines.length());
    while (high - low > NEAR) {
      var middle = lines.after((low + high) >>> 1, high);
      if (middle.isEmpty() || middle.get().end() == high) {
        break;
      }
      if (read(middle.get().text()).head().size() > sequence) {
        high = middle.get().end();
      } else {
        low = middle.get().end();
      }
    }
    while (low < high) {
      var line = lines.after(low, high).orElseThrow();
      var head = read(line.text());
      if (head.head().size() > sequence) {
        return Optional.of(head);
      }
      low = line.end();
    }
    return Optional.empty();
  }

  private static String line(SignedHead head) {
    return JSON.createObjectNode().put(NOTE, head.note()).toString();
  }

  private SealFault fault(String what, Exception e) {
    return new SealFault("cannot " + what + " " + file + ": " + e.getMessage(), e);
  }
}
