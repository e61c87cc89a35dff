package mo.farol.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What words mean, found by length and then by bytes, without making text of them. */
final class WordTable<T> {
  private record Entry<T>(byte[] word, T meaning) {}

  private final List<List<Entry<T>>> byLength = new ArrayList<>();

  WordTable(Map<String, T> meanings) {
    meanings.forEach(this::put);
  }

  private void put(String text, T meaning) {
    byte[] word = Ascii.bytes(text);
    while (byLength.size() <= word.length) {
      byLength.add(new ArrayList<>());
    }
    byLength.get(word.length).add(new Entry<>(word, meaning));
  }

  /** The meaning of a word, or null. */
  @Nullable T get(byte[] b, int from, int to) {
    int length = to - from;
    if (length >= byLength.size()) {
      return null;
    }
    var some = byLength.get(length);
    for (int i = 0; i < some.size(); i++) {
      var entry = some.get(i);
      if (b[from] == entry.word()[0] && Arrays.equals(b, from, to, entry.word(), 0, length)) {
        return entry.meaning();
      }
    }
    return null;
  }
}
