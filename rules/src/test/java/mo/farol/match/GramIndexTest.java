package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mo.farol.sigma.Fold;
import org.junit.jupiter.api.Test;

final class GramIndexTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static GramIndex index(List<String> texts) {
    var builder = new GramIndex.Builder();
    for (int i = 0; i < texts.size(); i++) {
      builder.add(bytes(texts.get(i)), i);
    }
    return builder.build();
  }

  private static Set<Integer> found(GramIndex index, byte[] b, int from, int to) {
    var numbers = new HashSet<Integer>();
    index.scan(b, from, to, numbers::add);
    return numbers;
  }

  @Test
  void findsTextsOfEveryLengthAtEveryPlace() {
    for (int length = GramIndex.SHORTEST; length < 40; length++) {
      String text = "0123456789abcdefghijklmnopqrstuvwxyz.,-+".substring(0, length);
      var index = index(List.of("never here", text));
      for (int before = 0; before < 9; before++) {
        byte[] value = bytes("#".repeat(before) + text);
        assertThat(found(index, value, 0, value.length))
            .as("%s after %d", text, before)
            .contains(1);
        assertThat(found(index, value, 0, value.length - 1)).isEmpty();
      }
    }
  }

  @Test
  void findsNothingBeyondTheSlice() {
    var index = index(List.of("ab", "abc", "abcd", "abcdefgh"));
    byte[] value = bytes("abcdefghi");
    assertThat(found(index, value, 0, 8)).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(found(index, value, 1, 9)).isEmpty();
    assertThat(found(index, value, 0, 3)).containsExactlyInAnyOrder(0, 1);
    assertThat(found(index, value, 4, 4)).isEmpty();
  }

  @Test
  void findsWhatLookingForEachAloneFinds() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var texts = new ArrayList<String>();
      for (int i = 0; i < 1 + random.nextInt(200); i++) {
        texts.add(word(random, GramIndex.SHORTEST + random.nextInt(12)));
      }
      var index = index(texts);
      byte[] value = bytes(word(random, random.nextInt(300)));
      int from = random.nextInt(value.length + 1);
      int to = from + random.nextInt(value.length - from + 1);
      String slice = new String(value, from, to - from, StandardCharsets.UTF_8);
      var expected = new HashSet<Integer>();
      for (int i = 0; i < texts.size(); i++) {
        if (slice.contains(texts.get(i))) {
          expected.add(i);
        }
      }
      assertThat(found(index, value, from, to)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void foldsEightBytesAsItFoldsOne() {
    var random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] from = new byte[random.nextInt(40)];
      random.nextBytes(from);
      if (round % 2 == 0) {
        for (int i = 0; i < from.length; i++) {
          from[i] &= 0x7f;
        }
      }
      String text = new String(from, StandardCharsets.UTF_8);
      if (text.indexOf('\uFFFD') >= 0) {
        continue;
      }
      byte[] to = new byte[Fold.room(from.length)];
      int end = Fold.utf8(from, 0, from.length, to, 0);
      assertThat(new String(to, 0, end, StandardCharsets.UTF_8)).isEqualTo(Fold.text(text));
    }
  }

  private static String word(Random random, int length) {
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }
}
