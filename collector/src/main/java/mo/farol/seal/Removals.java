package mo.farol.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was removed from the journal, in {@code removals.jsonl}: a chain of hashes, each line
 * signed. A line that the key in force did not sign is told and counts for nothing. Any thread.
 */
public final class Removals {

  /** How many there are, and the hash of the last one's line. */
  public record Tip(long count, Hash hash) {}

  private final Path file;
  private final Lines lines;
  private final List<Removal> all = new ArrayList<>();
  private final List<Hash> hashes = new ArrayList<>();
  private final Taken taken = new Taken();
  private final List<String> broken = new ArrayList<>();
  private long read;
  private long readLines;

  private Removals(Path folder) {
    this.file = folder.resolve("removals.jsonl");
    this.lines = new Lines(file);
  }

  /**
   * Reads the removals in a seal's folder.
   *
   * @param keys those that signed, asked for once it is settled how far is read
   */
  public static Removals in(Path sealFolder, Supplier<KeyChain> keys) {
    var removals = new Removals(sealFolder);
    removals.readOn(keys);
    return removals;
  }

  /** Reads what another process recorded since; false where that is nothing. */
  public synchronized boolean readOn(Supplier<KeyChain> keys) {
    try {
      long end = lines.isLonger(read) ? lines.length() : read;
      if (end <= read) {
        return false;
      }
      enter(end, keys.get());
      read = end;
      return true;
    } catch (IOException e) {
      throw fault("read", e);
    }
  }

  /** Records a removal before it is done; on disk when this returns. */
  synchronized Removal append(Removal wanted, SignerKey key) {
    if (!broken.isEmpty()) {
      throw new SealFault("nothing is recorded in " + file + ": " + broken.getFirst());
    }
    var removal = wanted.after(tip()).signed(key);
    String line = removal.line();
    try {
      lines.append(line);
    } catch (IOException e) {
      throw fault("write", e);
    }
    keep(removal, line);
    return removal;
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

  // Line by line only where something is wrong: signatures take their time.
  private void enter(long end, KeyChain keys) throws IOException {
    var fresh = new UnprovenRemovals(tip());
    lines.forEach(read, end, (_, line) -> fresh.add(line));
    if (!fresh.isSigned(keys)) {
      lines.forEach(read, end, (_, line) -> enter(line, keys));
      return;
    }
    readLines += fresh.removals().size();
    fresh.removals().forEach(taken::add);
    all.addAll(fresh.removals());
    hashes.addAll(fresh.hashes());
  }

  private void enter(String line, KeyChain keys) {
    readLines++;
    var removal = signed(line, keys);
    if (removal.isEmpty()) {
      broken.add(
          ("line %d of removals.jsonl is no removal that the key in force signed: it is forged or"
                  + " was changed, and excuses nothing")
              .formatted(readLines));
    } else if (removal.get().number() <= all.size()) {
      broken.add(
          "line %d of removals.jsonl is removal %d again"
              .formatted(readLines, removal.get().number()));
    } else {
      if (!removal.get().follows(tip())) {
        broken.add("before removal " + removal.get().number() + " another one is missing");
      }
      keep(removal.get(), line);
    }
  }

  // An old key may sign no removal after its turn, nor call a new one old.
  private Optional<Removal> signed(String line, KeyChain keys) {
    try {
      var removal = Removal.read(line);
      var key = keys.signingRemoval(Math.max(removal.number(), all.size() + 1L));
      return removal.isSignedBy(key) ? Optional.of(removal) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void keep(Removal removal, String line) {
    taken.add(removal);
    all.add(removal);
    hashes.add(UnprovenRemovals.hash(line));
  }

  private SealFault fault(String what, Exception e) {
    return new SealFault("cannot " + what + " " + file + ": " + e.getMessage(), e);
  }
}
