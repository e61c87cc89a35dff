package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SeededHashTest {
  private static final int MANY = 4096;

  @Test
  void texts_that_fall_together_in_java_s_hash_are_spread() {
    var plain = new HashSet<Integer>();
    var seeded = new HashSet<Integer>();
    for (int i = 0; i < MANY; i++) {
      var text = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      plain.add(text.toString().hashCode());
      byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
      seeded.add(SeededHash.ours().of(utf8, 0, utf8.length) & 0xffff);
    }
    assertThat(plain).hasSize(1);
    assertThat(seeded).hasSizeGreaterThan(MANY / 2);
  }

  @Test
  void numbers_that_fall_together_in_java_s_hash_are_spread() {
    var seeded = new HashSet<Integer>();
    for (long i = 0; i < MANY; i++) {
      assertThat(Long.hashCode(i << 32 | i)).isZero();
      seeded.add(SeededHash.ours().of(7, i << 32 | i) & 0xffff);
    }
    assertThat(seeded).hasSizeGreaterThan(MANY / 2);
  }

  @Test
  void the_same_bytes_give_the_same_and_another_seed_something_else() {
    byte[] bytes = "xnamex".getBytes(StandardCharsets.UTF_8);
    byte[] alone = "name".getBytes(StandardCharsets.UTF_8);
    var hash = new SeededHash(1);
    assertThat(hash.of(bytes, 1, 5)).isEqualTo(hash.of(alone, 0, 4));
    assertThat(hash.of(alone, 0, 4)).isNotEqualTo(new SeededHash(2).of(alone, 0, 4));
  }
}
