package mo.farol.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value is one of many texts, or starts, ends or holds one: asked at once. */
final class TextSet implements ValueTest {
  private final ExactIndex exact;
  private final @Nullable Trie prefixes;
  private final @Nullable Trie suffixes;
  private final @Nullable Trie inside;

  private TextSet(
      ExactIndex exact, @Nullable Trie prefixes, @Nullable Trie suffixes, @Nullable Trie inside) {
    this.exact = exact;
    this.prefixes = prefixes;
    this.suffixes = suffixes;
    this.inside = inside;
  }

  /** A set of shapes, none of them free. */
  static TextSet of(List<Shape> shapes) {
    Map<String, Integer> whole = new HashMap<>();
    var starts = new Trie.Builder();
    var ends = new Trie.Builder();
    var holds = new Trie.Builder();
    for (Shape shape : shapes) {
      switch (shape) {
        case Shape.Exact(var text) -> whole.put(text, 0);
        case Shape.Prefix(var text) -> starts.add(Shape.bytes(text), 0);
        case Shape.Suffix(var text) ->
            ends.add(Shape.bytes(new StringBuilder(text).reverse().toString()), 0);
        case Shape.Inside(var some) -> some.forEach(text -> holds.add(Shape.bytes(text), 0));
        case Shape.Free _ -> throw new IllegalArgumentException("nothing to look for");
      }
    }
    return new TextSet(
        new ExactIndex(whole),
        starts.isEmpty() ? null : starts.walk(),
        ends.isEmpty() ? null : ends.walk(),
        holds.isEmpty() ? null : holds.automaton());
  }

  @Override
  public boolean test(byte[] b, int from, int to) {
    return exact.find(b, from, to) >= 0
        || (prefixes != null && prefixes.starts(b, from, to))
        || (suffixes != null && suffixes.ends(b, from, to))
        || (inside != null && inside.standsIn(b, from, to));
  }
}
