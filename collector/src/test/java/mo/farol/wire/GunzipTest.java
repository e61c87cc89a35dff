package mo.farol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GunzipTest {
  private static final long LIMIT = 64 << 20;
  private static final int PLAIN = 16 << 20;

  @Test
  void it_unpacks_however_the_bytes_are_chunked() throws Exception {
    byte[] text = "a line\n".repeat(5000).getBytes(UTF_8);
    byte[] packed = Packed.gzip(text);
    for (int chunk : new int[] {1, 2, 7, 1000, packed.length}) {
      assertThat(unpack(packed, chunk, LIMIT)).isEqualTo(text);
    }
  }

  @Test
  void members_in_a_row_are_one_text() throws Exception {
    byte[] two = join(Packed.gzip("one ".getBytes(UTF_8)), Packed.gzip("two".getBytes(UTF_8)));
    assertThat(unpack(two, two.length, LIMIT)).asString(UTF_8).isEqualTo("one two");
    assertThat(unpack(two, 1, LIMIT)).asString(UTF_8).isEqualTo("one two");
  }

  @Test
  void every_optional_part_of_a_header_is_passed_over() throws Exception {
    byte[] plain = Packed.gzip("text".getBytes(UTF_8));
    byte[] parts = {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0, 1, 2};
    byte[] full = join(Arrays.copyOf(plain, 10), parts);
    full[3] = 4 | 8 | 16 | 2;
    byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
    assertThat(unpack(join(full, body), 1, LIMIT)).asString(UTF_8).isEqualTo("text");
  }

  @Test
  void a_bomb_is_refused_long_before_it_has_unpacked() throws Exception {
    byte[] bomb = Packed.gzip(new byte[200 << 20]);
    var seen = new long[1];
    var gunzip = new Gunzip(LIMIT, (bytes, from, to) -> seen[0] += to - from);
    assertThatThrownBy(() -> take(gunzip, bomb, 8192))
        .isInstanceOf(Unpacking.Broken.class)
        .hasMessage("a body may unpack to 200 times its size at most");
    assertThat(seen[0]).isLessThan(9 << 20);
  }

  @Test
  void what_packs_three_hundred_to_one_is_a_bomb_and_a_hundred_and_fifty_to_one_is_none()
      throws Exception {
    byte[] bomb = packing(300);
    assertThat(bomb.length).isBetween(PLAIN / 320, PLAIN / 280);
    assertThatThrownBy(() -> unpack(bomb, 8192, LIMIT))
        .isInstanceOf(Unpacking.Broken.class)
        .hasMessageContaining("200 times");
    byte[] flood = packing(150);
    assertThat(flood.length).isBetween(PLAIN / 160, PLAIN / 140);
    assertThat(unpack(flood, 8192, LIMIT)).hasSize(PLAIN);
  }

  // 16 MiB that pack so well: noise, then zeros, of which gzip makes a thousandth.
  private static byte[] packing(int ratio) throws Exception {
    byte[] plain = new byte[PLAIN];
    byte[] noise = new byte[PLAIN / ratio - PLAIN / 1029];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, plain, 0, noise.length);
    return Packed.gzip(plain);
  }

  @Test
  void no_body_unpacks_beyond_the_limit() throws Exception {
    byte[] noise = new byte[3000];
    new Random(1).nextBytes(noise);
    byte[] packed = Packed.gzip(noise);
    assertThatThrownBy(() -> unpack(packed, 512, 2000))
        .isInstanceOf(Unpacking.Broken.class)
        .extracting(e -> ((Unpacking.Broken) e).tooMuch)
        .isEqualTo(true);
  }

  @Test
  void what_is_damaged_or_cut_short_or_no_gzip_is_refused() throws Exception {
    byte[] good = Packed.gzip("some text that is packed".getBytes(UTF_8));
    byte[] wrongSum = good.clone();
    wrongSum[good.length - 6] ^= 1;
    for (byte[] bad :
        new byte[][] {
          wrongSum,
          Arrays.copyOf(good, good.length - 3),
          Arrays.copyOf(good, 5),
          "plain text".getBytes(UTF_8),
          join(good, new byte[] {7}),
          HexFormat.of().parseHex("1f8b0800000000000003ffffffff")
        }) {
      assertThatThrownBy(() -> unpack(bad, 3, LIMIT)).isInstanceOf(Unpacking.Broken.class);
    }
  }

  @Test
  void no_bytes_make_it_fail_otherwise() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("GunzipTest seed=" + seed);
    var random = new Random(seed);
    byte[] good = Packed.gzip("some text that is packed, and more of it".getBytes(UTF_8));
    for (int round = 0; round < 5000; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      try {
        unpack(bad, 1 + random.nextInt(10), 1 << 20);
      } catch (Unpacking.Broken e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  private static byte[] unpack(byte[] packed, int chunk, long limit) throws Unpacking.Broken {
    var out = new ByteArrayOutputStream();
    try (var gunzip = new Gunzip(limit, (bytes, from, to) -> out.write(bytes, from, to - from))) {
      take(gunzip, packed, chunk);
      gunzip.end();
    }
    return out.toByteArray();
  }

  private static void take(Gunzip gunzip, byte[] packed, int chunk) throws Unpacking.Broken {
    for (int at = 0; at < packed.length; at += chunk) {
      gunzip.take(packed, at, Math.min(packed.length, at + chunk));
    }
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
