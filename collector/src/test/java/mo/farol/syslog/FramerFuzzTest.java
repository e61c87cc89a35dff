package mo.farol.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever the bytes and wherever they are cut: never a failure, the same frames, none too long.
 */
class FramerFuzzTest {
  private static final int LIMIT = 1024;

  @FuzzTest(maxDuration = "15s")
  void frames(byte[] data) {
    var whole = Cutting.of(LIMIT, List.of(data));
    int middle = data.length / 2;
    var parts = List.of(Arrays.copyOf(data, middle), Arrays.copyOfRange(data, middle, data.length));
    assertThat(Cutting.of(LIMIT, parts)).isEqualTo(whole);
    assertThat(whole).allMatch(text -> text.length() <= LIMIT + 100);
    assertThat(Cutting.of(new Framer(LIMIT, Framing.SHOWN), List.of(data)))
        .isEqualTo(Cutting.of(new Framer(LIMIT, Framing.SHOWN), parts));
  }
}
