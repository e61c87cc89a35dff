package mo.farol.match;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import mo.farol.sigma.Fold;
import mo.farol.sigma.Glob;

/**
 * Whether a value fits one of many texts with wildcards or dashes of any kind inside: each is tried
 * only where its longest plain piece was seen. Holds scratch; one thread at a time.
 */
final class GlobSet implements ValueTest, Trie.Judge {
  private static final int SHORTEST = 3;
  private static final int TAIL = 12;

  private final GlobBytes[] globs;
  private final long[] tried; // by glob: stamp of the last value
  private final Trie pieces;
  private long stamp;
  private byte[] bytes = {};
  private int from;
  private int to;

  GlobSet(Collection<Glob> some) {
    globs = some.stream().map(glob -> GlobBytes.of(glob, false)).toArray(GlobBytes[]::new);
    tried = new long[globs.length];
    var builder = new Trie.Builder();
    int number = 0;
    for (Glob glob : some) {
      builder.add(piece(glob), number++);
    }
    pieces = builder.automaton();
  }

  /** Whether a text has a piece long enough to look for. */
  static boolean takes(Glob glob) {
    return piece(glob).length >= SHORTEST;
  }

  /** The end of the longest stretch without a mark, folded. */
  private static byte[] piece(Glob glob) {
    byte[] longest = {};
    var run = new ByteArrayOutputStream();
    for (int i = 0; i <= glob.length(); i++) {
      if (i < glob.length() && glob.part(i) >= 0) {
        run.writeBytes(GlobBytes.utf8(Fold.codePoint(glob.part(i))));
      } else {
        longest = run.size() > longest.length ? run.toByteArray() : longest;
        run.reset();
      }
    }
    int start = Math.max(0, longest.length - TAIL);
    return java.util.Arrays.copyOfRange(longest, start, longest.length);
  }

  @Override
  public boolean test(byte[] b, int start, int end) {
    stamp++;
    bytes = b;
    from = start;
    to = end;
    return pieces.anyFits(b, start, end, this);
  }

  @Override
  public boolean fits(int number, int end) {
    if (tried[number] == stamp) {
      return false;
    }
    tried[number] = stamp;
    return globs[number].matches(bytes, from, to);
  }
}
