package mo.farol.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in one column: whole values by hash, starts and ends by walking a trie, the rest
 * by the grams of the folded value.
 */
final class ColumnIndex implements Trie.Found {
  private final int column;
  private final int[] names; // of the column, best first
  private final int[] present; // places of rules that want the column there at all
  private final ExactIndex exact;
  private final @Nullable Trie prefixes;
  private final @Nullable Trie suffixes;
  private final @Nullable GramIndex inside;
  private final int[][] watchers; // pattern number -> places of rules
  private final long[] seen; // pattern number -> stamp of the last event it was found in
  private @Nullable SourceIndex into;
  private long stamp;

  private ColumnIndex(
      int column,
      int[] names,
      int[] present,
      ExactIndex exact,
      @Nullable Trie prefixes,
      @Nullable Trie suffixes,
      @Nullable GramIndex inside,
      int[][] watchers) {
    this.column = column;
    this.names = names;
    this.present = present;
    this.exact = exact;
    this.prefixes = prefixes;
    this.suffixes = suffixes;
    this.inside = inside;
    this.watchers = watchers;
    seen = new long[watchers.length];
  }

  /** Tells the index of every rule a sign of which stands in this column of the event. */
  void look(View view, SourceIndex index) {
    int k = view.first(column);
    if (k < 0) {
      return;
    }
    for (int place : present) {
      index.saw(place);
    }
    into = index;
    stamp = view.stamp();
    int message = column == Columns.EVERY ? view.slice(Fields.MESSAGE) : -1;
    for (; k >= 0; k = view.next(column, k)) {
      byte[] bytes = view.folded(k);
      int from = view.foldedFrom(k);
      int to = view.foldedTo(k);
      value(bytes, from, to);
      if (inside != null && (message < 0 || !view.isPartOf(k, message))) {
        inside.scan(bytes, from, to, this);
      }
    }
  }

  private void value(byte[] b, int from, int to) {
    int whole = exact.find(b, from, to);
    if (whole >= 0) {
      pattern(whole);
    }
    if (prefixes != null) {
      prefixes.forward(b, from, to, this);
    }
    if (suffixes != null) {
      suffixes.backward(b, from, to, this);
    }
  }

  @Override
  public void pattern(int number) {
    if (seen[number] == stamp || into == null) {
      return;
    }
    seen[number] = stamp;
    for (int place : watchers[number]) {
      into.saw(place);
    }
  }

  /** Whether the event has the column under this name of it and no better one. */
  boolean isLedBy(int name, View view) {
    return view.leads(names, name);
  }

  /** Collects the signs of one column. */
  static final class Builder {
    private static final int END = 24;
    private static final int START = 48;

    private final int column;
    private final List<Integer> present = new ArrayList<>();
    private final Map<Shape, Integer> numbers = new HashMap<>();
    private final List<List<Integer>> watchers = new ArrayList<>();
    private final Map<String, Integer> whole = new HashMap<>();
    private final Trie.Builder prefixes = new Trie.Builder();
    private final Trie.Builder suffixes = new Trie.Builder();
    private final GramIndex.Builder inside = new GramIndex.Builder();

    Builder(int column) {
      this.column = column;
    }

    // One byte stands in most values: it says no more than that there is one.
    private static boolean isBrief(Shape shape) {
      return shape instanceof Shape.Inside(var some)
          && some.stream().anyMatch(text -> text.length() < GramIndex.SHORTEST);
    }

    void add(Shape shape, int place) {
      if (shape instanceof Shape.Free || isBrief(shape)) {
        present.add(place);
        return;
      }
      Integer number = numbers.get(shape);
      if (number == null) {
        number = watchers.size();
        numbers.put(shape, number);
        watchers.add(new ArrayList<>());
        pattern(shape, number);
      }
      watchers.get(number).add(place);
    }

    private void pattern(Shape shape, int number) {
      switch (shape) {
        case Shape.Exact(var text) -> whole.put(text, number);
        case Shape.Prefix(var text) ->
            prefixes.add(Shape.bytes(text.substring(0, Math.min(START, text.length()))), number);
        case Shape.Suffix(var text) -> suffixes.add(reversed(Shape.bytes(tail(text, END))), number);
        case Shape.Inside(var some) -> some.forEach(text -> inside.add(Shape.bytes(text), number));
        case Shape.Free _ -> {}
      }
    }

    /** The end of a long literal says enough, and keeps the automaton small. */
    private static String tail(String text, int length) {
      return text.substring(Math.max(0, text.length() - length));
    }

    private static byte[] reversed(byte[] text) {
      byte[] back = new byte[text.length];
      for (int i = 0; i < text.length; i++) {
        back[i] = text[text.length - 1 - i];
      }
      return back;
    }

    ColumnIndex build(Columns columns) {
      return new ColumnIndex(
          column,
          columns.locals(column),
          places(present),
          new ExactIndex(whole),
          prefixes.isEmpty() ? null : prefixes.walk(),
          suffixes.isEmpty() ? null : suffixes.walk(),
          inside.isEmpty() ? null : inside.build(),
          watchers.stream().map(Builder::places).toArray(int[][]::new));
    }

    private static int[] places(List<Integer> places) {
      int[] sorted = places.stream().mapToInt(Integer::intValue).toArray();
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
