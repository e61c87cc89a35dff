package mo.farol.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is one of many texts, or starts, ends or holds one: asked at once, whatever their
 * number. Holds scratch; one thread at a time.
 */
final class TextSet implements ValueTest, Trie.Judge {
  private static final int TAIL = 12;

  private final ExactIndex exact;
  private final Ends starts;
  private final Ends ends;
  private final @Nullable Trie inside; // ends of what stands inside, numbered
  private final byte[][] whole; // the same in full
  private byte[] bytes = {};
  private int from;

  private TextSet(ExactIndex exact, Ends starts, Ends ends, List<byte[]> inside) {
    this.exact = exact;
    this.starts = starts;
    this.ends = ends;
    whole = inside.toArray(byte[][]::new);
    var tails = new Trie.Builder();
    for (int i = 0; i < whole.length; i++) {
      int length = whole[i].length;
      tails.add(Arrays.copyOfRange(whole[i], Math.max(0, length - TAIL), length), i);
    }
    this.inside = inside.isEmpty() ? null : tails.automaton();
  }

  /** A set of shapes, none of them free. */
  static TextSet of(List<Shape> shapes) {
    Map<String, Integer> whole = new HashMap<>();
    var starts = new ArrayList<String>();
    var ends = new ArrayList<String>();
    var holds = new ArrayList<byte[]>();
    for (Shape shape : shapes) {
      switch (shape) {
        case Shape.Exact(var text) -> whole.put(text, 0);
        case Shape.Prefix(var text) -> starts.add(text);
        case Shape.Suffix(var text) -> ends.add(text);
        case Shape.Inside(var some) -> some.forEach(text -> holds.add(Shape.bytes(text)));
        case Shape.Free _ -> throw new IllegalArgumentException("nothing to look for");
      }
    }
    return new TextSet(new ExactIndex(whole), new Ends(starts, false), new Ends(ends, true), holds);
  }

  @Override
  public boolean test(byte[] b, int start, int end) {
    return exact.find(b, start, end) >= 0
        || starts.isStart(b, start, end)
        || ends.isEnd(b, start, end)
        || (inside != null && holds(inside, b, start, end));
  }

  private boolean holds(Trie tails, byte[] b, int start, int end) {
    bytes = b;
    from = start;
    return tails.anyFits(b, start, end, this);
  }

  @Override
  public boolean fits(int number, int end) {
    byte[] text = whole[number];
    int at = end - text.length;
    return at >= from && Arrays.equals(bytes, at, end, text, 0, text.length);
  }

  /** Texts at one end of a value: a trie of some, a look-up for each length of many. */
  private static final class Ends {
    private static final int MANY = 256;

    private final int[] lengths;
    private final @Nullable ExactIndex index;
    private final @Nullable Trie forward;
    private final @Nullable Trie backward;

    Ends(List<String> texts, boolean reversed) {
      lengths = texts.stream().mapToInt(String::length).distinct().sorted().toArray();
      boolean many = texts.size() > MANY;
      var numbers = new HashMap<String, Integer>();
      var walk = new Trie.Builder();
      for (String text : texts) {
        numbers.put(text, 0);
        if (!many) {
          String way = reversed ? new StringBuilder(text).reverse().toString() : text;
          walk.add(Shape.bytes(way), 0);
        }
      }
      index = many ? new ExactIndex(numbers) : null;
      forward = walk.isEmpty() || reversed ? null : walk.walk();
      backward = walk.isEmpty() || !reversed ? null : walk.walk();
    }

    boolean isStart(byte[] b, int from, int to) {
      if (forward != null) {
        return forward.starts(b, from, to);
      }
      for (int i = 0; index != null && i < lengths.length && lengths[i] <= to - from; i++) {
        if (index.find(b, from, from + lengths[i]) >= 0) {
          return true;
        }
      }
      return false;
    }

    boolean isEnd(byte[] b, int from, int to) {
      if (backward != null) {
        return backward.ends(b, from, to);
      }
      for (int i = 0; index != null && i < lengths.length && lengths[i] <= to - from; i++) {
        if (index.find(b, to - lengths[i], to) >= 0) {
          return true;
        }
      }
      return false;
    }
  }
}
