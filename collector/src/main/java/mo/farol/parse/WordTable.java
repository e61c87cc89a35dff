package mo.farol.parse;

import java.util.Arrays;
import java.util.List;

/** Words by number, found by length and then by bytes, without making text of them. */
final class WordTable {
  private final byte[][][] words;
  private final int[][] numbers;

  WordTable(List<String> all) {
    int longest = all.stream().mapToInt(String::length).max().orElse(0);
    words = new byte[longest + 1][0][];
    numbers = new int[longest + 1][0];
    for (int i = 0; i < all.size(); i++) {
      byte[] word = Ascii.bytes(all.get(i));
      int length = word.length;
      int count = words[length].length;
      words[length] = Arrays.copyOf(words[length], count + 1);
      numbers[length] = Arrays.copyOf(numbers[length], count + 1);
      words[length][count] = word;
      numbers[length][count] = i;
    }
  }

  /** The place of a word in the list, or -1. */
  int find(byte[] b, int from, int to) {
    int length = to - from;
    if (length >= words.length) {
      return -1;
    }
    byte[][] some = words[length];
    for (int i = 0; i < some.length; i++) {
      byte[] word = some[i];
      if (b[from] == word[0] && Arrays.equals(b, from, to, word, 0, length)) {
        return numbers[length][i];
      }
    }
    return -1;
  }
}
