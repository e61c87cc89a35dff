package mo.farol.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The rules of one log source, and what to look for in an event before asking any of them. */
final class SourceIndex {
  private final CompiledRule[] rules;
  private final CompiledRule[] always;
  private final ColumnIndex[] columns;
  private final long[] asked; // by place in rules: stamp of the last event it was a candidate of
  private final int[] candidates;
  private int count;
  private long stamp;

  SourceIndex(List<CompiledRule> ofOneSource) {
    rules = ofOneSource.toArray(CompiledRule[]::new);
    asked = new long[rules.length];
    candidates = new int[rules.length];
    var builders = new HashMap<Integer, ColumnIndex.Builder>();
    var unwatched = new ArrayList<CompiledRule>();
    for (int place = 0; place < rules.length; place++) {
      var signs = new HashSet<>(rules[place].watch.signs());
      for (Watch.Sign sign : signs) {
        builders.computeIfAbsent(sign.column(), ColumnIndex.Builder::new).add(sign.shape(), place);
      }
      if (signs.isEmpty()) {
        unwatched.add(rules[place]);
      }
    }
    always = unwatched.toArray(CompiledRule[]::new);
    columns = build(builders);
  }

  private static ColumnIndex[] build(Map<Integer, ColumnIndex.Builder> builders) {
    return builders.values().stream().map(ColumnIndex.Builder::build).toArray(ColumnIndex[]::new);
  }

  /**
   * Finds the rules worth asking about the event in view.
   *
   * @return how many; {@link #candidate} names them. Those without a sign are not among them
   */
  int look(View view) {
    count = 0;
    stamp = view.stamp();
    for (ColumnIndex column : columns) {
      column.look(view, this);
    }
    Arrays.sort(candidates, 0, count);
    return count;
  }

  /** A sign of the rule at this place was seen. */
  void saw(int place) {
    if (asked[place] != stamp) {
      asked[place] = stamp;
      candidates[count++] = place;
    }
  }

  CompiledRule candidate(int i) {
    return rules[candidates[i]];
  }

  /** Rules that no sign announces. */
  CompiledRule[] always() {
    return always;
  }

  int size() {
    return rules.length;
  }
}
