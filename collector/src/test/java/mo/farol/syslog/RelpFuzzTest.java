package mo.farol.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.Original;

/** Whatever the bytes: frames or a clear end, the same one byte at a time, none kept too long. */
class RelpFuzzTest {
  private static final int LIMIT = 256;

  @FuzzTest(maxDuration = "15s")
  void relp(byte[] data) {
    assertThat(cut(data, 1)).isEqualTo(cut(data, Math.max(1, data.length)));
  }

  private static List<String> cut(byte[] data, int step) {
    var frames = new ArrayList<String>();
    var decoder = new RelpDecoder(LIMIT);
    try {
      for (int at = 0; at < data.length; at += step) {
        decoder.take(
            data,
            at,
            Math.min(data.length, at + step),
            (number, command, bytes, from, to, mark) -> {
              assertThat(to - from).isBetween(0, LIMIT + Original.NOTE_BYTES);
              frames.add(number + " " + command + " " + mark + " " + text(bytes, from, to));
            });
      }
    } catch (RelpDecoder.Broken e) {
      frames.add("broken: " + e.getMessage());
    }
    return frames;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
