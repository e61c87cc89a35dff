package mo.farol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnpackingTest {
  private static final byte[] TEXT = "a line that comes again\n".repeat(9000).getBytes(UTF_8);

  private enum Kind {
    ZSTD,
    ZLIB,
    DEFLATE;

    Unpacking open(long limit, Unpacking.Output out) {
      return this == ZSTD ? new Unzstd(limit, out) : new Inflate(limit, out);
    }

    byte[] pack(byte[] plain) throws Exception {
      return this == ZSTD ? Zstd.compress(plain) : Packed.deflate(plain, this == DEFLATE);
    }
  }

  @Test
  void each_unpacks_however_the_bytes_are_chunked() throws Exception {
    for (var kind : Kind.values()) {
      byte[] packed = kind.pack(TEXT);
      for (int chunk : new int[] {1, 2, 7, 1000, packed.length}) {
        assertThat(unpack(kind, packed, chunk)).as("%s by %d", kind, chunk).isEqualTo(TEXT);
      }
    }
  }

  @Test
  void zstd_frames_in_a_row_are_one_text_and_skippable_ones_are_passed_over() throws Exception {
    var row = new ByteArrayOutputStream();
    row.write(Zstd.compress("one ".getBytes(UTF_8)));
    row.write(HexFormat.of().parseHex("502a4d1803000000aabbcc"));
    row.write(Zstd.compress(new byte[0]));
    row.write(Zstd.compress("two".getBytes(UTF_8), 19));
    for (int chunk : new int[] {1, 3, row.size()}) {
      assertThat(unpack(Kind.ZSTD, row.toByteArray(), chunk)).asString(UTF_8).isEqualTo("one two");
    }
  }

  @Test
  void every_cut_short_body_is_told() throws Exception {
    byte[] text = "some text that is packed".getBytes(UTF_8);
    for (var kind : Kind.values()) {
      byte[] packed = kind.pack(text);
      for (int length = kind == Kind.ZSTD ? 1 : 0; length < packed.length; length++) {
        byte[] cut = Arrays.copyOf(packed, length);
        assertThatThrownBy(() -> unpack(kind, cut, 5))
            .as("%s of %d", kind, cut.length)
            .isInstanceOf(Unpacking.Broken.class);
      }
    }
  }

  @Test
  void a_window_above_eight_mebibytes_is_refused_before_it_is_made() {
    for (String head :
        new String[] {"28b52ffd0070", "28b52ffda000008001", "28b52ffde00000000000000080"}) {
      assertThatThrownBy(() -> unpack(Kind.ZSTD, HexFormat.of().parseHex(head), 1))
          .as(head)
          .isInstanceOf(Unpacking.Broken.class)
          .hasMessageContaining("8 MiB");
    }
  }

  @Test
  void damaged_bytes_never_make_it_fail_otherwise() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("UnpackingTest seed=" + seed);
    var random = new Random(seed);
    for (var kind : Kind.values()) {
      byte[] good = kind.pack(Arrays.copyOf(TEXT, 3000));
      for (int round = 0; round < 3000; round++) {
        byte[] bad = good.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        try {
          unpack(kind, bad, 1 + random.nextInt(20));
        } catch (Unpacking.Broken e) {
          assertThat(e).hasMessageNotContaining("\n");
        }
      }
    }
  }

  private static byte[] unpack(Kind kind, byte[] packed, int chunk) throws Unpacking.Broken {
    var out = new ByteArrayOutputStream();
    try (var unpacking = kind.open(1 << 20, (b, from, to) -> out.write(b, from, to - from))) {
      for (int at = 0; at < packed.length; at += chunk) {
        unpacking.take(packed, at, Math.min(packed.length, at + chunk));
      }
      unpacking.end();
    }
    return out.toByteArray();
  }
}
