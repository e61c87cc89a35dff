package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Whatever claims to be packed: unpacked within its bound, or refused; the same however it is cut.
 */
class UnpackingFuzzTest {
  private static final int LIMIT = 1 << 20;

  private interface Opening {
    Unpacking open(Unpacking.Output out);
  }

  @FuzzTest(maxDuration = "10s")
  void packed(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Opening how =
        switch (data[0] & 3) {
          case 0 -> out -> new Gunzip(LIMIT, out);
          case 1 -> out -> new Inflate(LIMIT, out);
          default -> out -> new Unzstd(LIMIT, out);
        };
    byte[] packed = Arrays.copyOfRange(data, 1, data.length);
    assertThat(unpack(how, packed, 1)).isEqualTo(unpack(how, packed, Math.max(1, packed.length)));
  }

  private static String unpack(Opening how, byte[] packed, int step) {
    long[] size = {0};
    int[] sum = {1};
    try (var unpacking =
        how.open(
            (bytes, from, to) -> {
              size[0] += to - from;
              for (int i = from; i < to; i++) {
                sum[0] = sum[0] * 31 + bytes[i];
              }
            })) {
      for (int at = 0; at < packed.length; at += step) {
        unpacking.take(packed, at, Math.min(packed.length, at + step));
      }
      unpacking.end();
    } catch (Unpacking.Broken e) {
      return "broken";
    }
    assertThat(size[0]).isLessThanOrEqualTo(LIMIT);
    return size[0] + " bytes, " + sum[0];
  }
}
