package mo.farol.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What witnesses said of heads, in {@code cosignatures.jsonl}. A witness keeps the last head it saw
 * and signs a later one only if it was shown that the later tree begins with the earlier. Any
 * thread.
 */
public final class Cosignatures {
  private static final String LINE = "line";
  private static final int LONGEST = 400;

  private final Lines lines;
  private final List<VerifierKey> witnesses;
  private final NavigableMap<Long, List<String>> bySize = new TreeMap<>();

  Cosignatures(Path folder, List<VerifierKey> witnesses) {
    this.lines = lines(folder);
    this.witnesses = witnesses;
    try {
      lines.forEach((_, line) -> enter(line));
    } catch (IOException e) {
      throw new SealFault("cannot read the cosignatures in " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads what stands in a seal's folder.
   *
   * @param each a line and the size of the head that it is over
   * @param wrong what is wrong with a line that is none
   */
  public static void read(Path sealFolder, Consumer<SizedLine> each, Consumer<String> wrong) {
    SizedLine.readAll(lines(sealFolder), LINE, each, wrong);
  }

  private static Lines lines(Path folder) {
    return new Lines(folder.resolve("cosignatures.jsonl"));
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
    String json = new SizedLine(size, line).write(LINE);
    try {
      lines.append(json);
      enter(json);
    } catch (IOException e) {
      throw new SealFault("cannot write the cosignatures: " + e.getMessage(), e);
    }
  }

  /** A head with all that witnesses said of it. */
  public synchronized SignedHead onto(SignedHead head) {
    var signed = head;
    for (String line : bySize.getOrDefault(head.head().size(), List.of())) {
      signed = signed.with(line);
    }
    return signed;
  }

  private void enter(String line) {
    try {
      var read = SizedLine.read(LINE, line);
      bySize.computeIfAbsent(read.size(), _ -> new ArrayList<>()).add(read.text());
    } catch (IllegalArgumentException e) {
      throw new SealFault("a line of cosignatures.jsonl can't be read: " + e.getMessage(), e);
    }
  }
}
