package mo.farol.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Time stamps of heads, in {@code stamps.jsonl}. Any thread. */
public final class Stamps {
  private static final String TOKEN = "token";

  private final Lines lines;
  private final NavigableMap<Long, String> bySize = new TreeMap<>();

  Stamps(Path folder) {
    this.lines = lines(folder);
    try {
      lines.forEach((_, line) -> enter(line));
    } catch (IOException e) {
      throw new SealFault("cannot read the time stamps in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The time stamps in a seal's folder. */
  public static Stamps in(Path sealFolder) {
    return new Stamps(sealFolder);
  }

  /**
   * Reads what stands in a seal's folder.
   *
   * @param each a token and the size of the head that it is over
   * @param wrong what is wrong with a line that is none
   */
  public static void read(Path sealFolder, Consumer<SizedLine> each, Consumer<String> wrong) {
    SizedLine.readAll(lines(sealFolder), TOKEN, each, wrong);
  }

  private static Lines lines(Path folder) {
    return new Lines(folder.resolve("stamps.jsonl"));
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
      String line = new SizedLine(size, token).write(TOKEN);
      lines.append(line);
      enter(line);
    } catch (IOException e) {
      throw new SealFault("cannot write a time stamp: " + e.getMessage(), e);
    }
  }

  private void enter(String line) {
    try {
      var read = SizedLine.read(TOKEN, line);
      bySize.put(read.size(), read.text());
    } catch (IllegalArgumentException e) {
      throw new SealFault("a line of stamps.jsonl can't be read: " + e.getMessage(), e);
    }
  }
}
