package mo.farol.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of one log source, and what to look for in an event before asking any of them. */
final class SourceIndex {
  private static final ColumnIndex[] NONE = {};

  /** Of the log source, for those who count by it. */
  final int number;

  private final CompiledRule[] rules;
  private final CompiledRule[] always;
  private final ColumnIndex[][] byName; // columns that may start with a name
  private final @Nullable ColumnIndex everywhere; // for keywords that KeywordIndex does not take
  private boolean hasKeywords;
  private final long[] asked; // by place in rules: stamp of the last event it was a candidate of
  private final int[] candidates;
  private int count;
  private long stamp;

  /**
   * @param keywords takes those of this source
   */
  SourceIndex(
      int number, List<CompiledRule> ofOneSource, Columns columns, KeywordIndex.Builder keywords) {
    this.number = number;
    rules = ofOneSource.toArray(CompiledRule[]::new);
    asked = new long[rules.length];
    candidates = new int[rules.length];
    var builders = new HashMap<Integer, ColumnIndex.Builder>();
    var unwatched = new ArrayList<CompiledRule>();
    for (int place = 0; place < rules.length; place++) {
      var signs = new HashSet<>(rules[place].watch.signs());
      for (Watch.Sign sign : signs) {
        if (isKeyword(sign)) {
          keywords.add((Shape.Inside) sign.shape(), this, place);
          hasKeywords = true;
        } else {
          builders
              .computeIfAbsent(sign.column(), ColumnIndex.Builder::new)
              .add(sign.shape(), place);
        }
      }
      if (signs.isEmpty()) {
        unwatched.add(rules[place]);
      }
    }
    always = unwatched.toArray(CompiledRule[]::new);
    var every = builders.remove(Columns.EVERY);
    everywhere = every == null ? null : every.build(columns);
    byName = byName(builders, columns);
  }

  private static boolean isKeyword(Watch.Sign sign) {
    return sign.column() == Columns.EVERY
        && sign.shape() instanceof Shape.Inside(var some)
        && some.stream().allMatch(text -> text.length() >= GramIndex.LONG);
  }

  private static ColumnIndex[][] byName(
      Map<Integer, ColumnIndex.Builder> builders, Columns columns) {
    var lists = new HashMap<Integer, List<ColumnIndex>>();
    builders.forEach(
        (column, builder) -> {
          var index = builder.build(columns);
          for (int name : columns.locals(column)) {
            lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(index);
          }
        });
    int most = lists.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    var byName = new ColumnIndex[most + 1][];
    Arrays.fill(byName, NONE);
    lists.forEach((name, list) -> byName[name] = list.toArray(ColumnIndex[]::new));
    return byName;
  }

  /** Begins with the event in view: no candidates yet. */
  void open(View view) {
    count = 0;
    stamp = view.stamp();
  }

  /** Whether {@link KeywordIndex} looks for something on behalf of this source. */
  boolean hasKeywords() {
    return hasKeywords;
  }

  /**
   * Finds the rules worth asking about the event in view, beside those that keywords named since it
   * was opened.
   *
   * @return how many; {@link #candidate} names them. Those without a sign are not among them
   */
  int look(View view) {
    for (int i = 0; i < view.presentCount(); i++) {
      int name = view.present(i);
      for (ColumnIndex column : name < byName.length ? byName[name] : NONE) {
        if (column.isLedBy(name, view)) {
          column.look(view, this);
        }
      }
    }
    if (everywhere != null) {
      everywhere.look(view, this);
    }
    return count;
  }

  /** The same in an event of any log source: of another than the one opened it says nothing. */
  void saw(int place, long event) {
    if (event == stamp) {
      saw(place);
    }
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
}
