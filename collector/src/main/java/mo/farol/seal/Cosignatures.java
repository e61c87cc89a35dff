package mo.farol.seal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What witnesses said of heads, in {@code cosignatures.jsonl}. A witness keeps the last head it saw
 * and signs a later one only if it was shown that the later tree begins with the earlier. Any
 * thread.
 */
public final class Cosignatures {
  private static final String LINE = "line";
  private static final int LONGEST = 400;
  private static final int LOOK_BACK = 10_000;

  private final SizedLines lines;
  private final List<VerifierKey> witnesses;
  // Size of the largest head each has cosigned, looked up once and kept up to date.
  private final Map<VerifierKey, Optional<Long>> newest = new HashMap<>();

  Cosignatures(Path folder, List<VerifierKey> witnesses) {
    this.lines = SizedLines.open(file(folder), LINE);
    this.witnesses = witnesses;
  }

  /**
   * Reads what stands in a seal's folder.
   *
   * @param each a line and the size of the head that it is over
   * @param wrong what is wrong with a line that is none
   */
  public static void read(Path sealFolder, Consumer<SizedLine> each, Consumer<String> wrong) {
    SizedLines.readAll(file(sealFolder), LINE, each, wrong);
  }

  private static Path file(Path folder) {
    return folder.resolve("cosignatures.jsonl");
  }

  /** Who may cosign. */
  public List<VerifierKey> witnesses() {
    return witnesses;
  }

  /**
   * Takes a witness's line.
   *
   * @throws IllegalArgumentException where it is no line of a known witness over this head
   */
  public synchronized void add(SignedHead head, String given) {
    String line = given.strip();
    if (line.length() > LONGEST || line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a cosignature is one short line");
    }
    var signed = SignedHead.parse(head.with(line).note());
    var witness = witnesses.stream().filter(w -> signed.seenBy(w).isPresent()).findFirst();
    if (witness.isEmpty()) {
      throw new IllegalArgumentException("no known witness signed this head with that line");
    }
    if (onto(head).seenBy(witness.get()).isPresent()) {
      return; // once is enough
    }
    long size = head.head().size();
    lines.add(size, line);
    newest.computeIfPresent(
        witness.get(), (_, known) -> Optional.of(Math.max(size, known.orElse(size))));
  }

  /**
   * Size of the largest head that a witness has cosigned, among the newest 10,000 lines; its line
   * is checked where it is put {@link #onto} the head.
   */
  public synchronized Optional<Long> newest(VerifierKey witness) {
    return newest.computeIfAbsent(
        witness,
        who ->
            lines
                .newest(LOOK_BACK)
                .filter(line -> Note.isBy(line.text(), who))
                .map(SizedLine::size)
                .findFirst());
  }

  /** A head with all that witnesses said of it. */
  public synchronized SignedHead onto(SignedHead head) {
    var signed = head;
    for (String line : lines.of(head.head().size())) {
      signed = signed.with(line);
    }
    return signed;
  }
}
