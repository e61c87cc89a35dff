package mo.farol.seal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Time stamps of heads, in {@code stamps.jsonl}. Any thread. */
public final class Stamps {
  private static final String TOKEN = "token";

  private final SizedLines lines;

  private Stamps(Path folder) {
    this.lines = SizedLines.open(file(folder), TOKEN);
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
    SizedLines.readAll(file(sealFolder), TOKEN, each, wrong);
  }

  private static Path file(Path folder) {
    return folder.resolve("stamps.jsonl");
  }

  /** The newest token over the head of this size, base64. */
  public synchronized Optional<String> of(long size) {
    var tokens = lines.of(size);
    return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens.getLast());
  }

  /** The token over the largest head that has one. */
  public synchronized Optional<SizedLine> last() {
    return lines.newest(1).findFirst();
  }

  /** Size of the first stamped head that covers a sequence. */
  public synchronized Optional<Long> sizeAbove(long sequence) {
    return lines.above(sequence);
  }

  /** Sizes of all heads that were stamped. */
  public synchronized Set<Long> sizes() {
    return lines.sizes();
  }

  synchronized void add(long size, String token) {
    lines.add(size, token);
  }
}
