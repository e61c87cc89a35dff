package mo.farol.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.util.ArrayUtil;

/** How many different values: pairs of group and value, each kept once. */
final class DistinctTally extends ColumnTally {
  private static final int BYTES_A_PAIR = 24;

  private final Budget budget;
  private int[] counts = new int[64];
  private long[] pairs = new long[256];
  private int size;
  private boolean isFull;

  DistinctTally(Source source, Budget budget) {
    super(source);
    this.budget = budget;
    Arrays.fill(pairs, -1);
  }

  @Override
  void add(int group, long code) {
    if (code == Coder.FULL) {
      isFull = true;
      return;
    }
    long pair = (long) group << 32 | code;
    int at = place(pair);
    if (pairs[at] == pair) {
      return;
    }
    if (!budget.take(BYTES_A_PAIR)) {
      isFull = true;
      return;
    }
    pairs[at] = pair;
    counts = ArrayUtil.grow(counts, group + 1);
    counts[group]++;
    if (++size * 2 > pairs.length) {
      grow();
    }
  }

  @Override
  long bytes() {
    return Integer.BYTES;
  }

  @Override
  void cells(int group, Consumer<Cell> into) {
    into.accept(new Cell.Whole((long) weight(group)));
  }

  @Override
  double weight(int group) {
    return group < counts.length ? counts[group] : 0;
  }

  @Override
  List<Partial> partial(Collection<Integer> told) {
    return isFull ? List.of(Partial.of(Partial.Kind.DISTINCT)) : List.of();
  }

  private void grow() {
    long[] before = pairs;
    pairs = new long[before.length * 2];
    Arrays.fill(pairs, -1);
    for (long pair : before) {
      if (pair >= 0) {
        pairs[place(pair)] = pair;
      }
    }
  }

  private int place(long pair) {
    long hash = pair * 0x9E3779B97F4A7C15L;
    int at = (int) (hash >>> 32) & (pairs.length - 1);
    while (pairs[at] >= 0 && pairs[at] != pair) {
      at = (at + 1) & (pairs.length - 1);
    }
    return at;
  }
}
