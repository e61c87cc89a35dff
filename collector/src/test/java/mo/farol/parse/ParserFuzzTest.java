package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.wire.Kept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the frame and the format asked for: one event, read or rejected, never a bug of ours.
 */
class ParserFuzzTest {
  private static final List<String> ASKED =
      List.of("", "syslog", "json", "cef", "leef", "text", "kv", "panos", "hec", "otlp", "gelf");
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();

  @Test
  void every_input_that_a_search_kept_is_read_or_rejected() {
    assertThat(kept()).hasSizeGreaterThan(1_000).allSatisfy(this::parse);
  }

  static List<byte[]> kept() {
    return Kept.beside(ParserFuzzTest.class);
  }

  // The first byte chooses the format.
  @MethodSource("kept")
  @FuzzTest(maxDuration = "20s")
  void parse(byte[] data) {
    if (data.length == 0) {
      return;
    }
    String format = ASKED.get((data[0] & 0xff) % ASKED.size());
    byte[] frame = Arrays.copyOfRange(data, 1, data.length);
    var frames = new FrameBatch.Builder();
    frames.add(frame, 0, frame.length, (byte) 0);
    var origin = new Origin("a", "http", "192.0.2.1", "", false, format, 0, "UTC");
    parser.parse(frames.build(origin, 1_764_000_000_000_000L), 0, 0, events);
    assertThat(events.count()).isOne();
    var why = events.rejection(0);
    assertThat(why == null || !why.contains("please report it"))
        .as("%s: %s of %s", format, why, new String(frame, StandardCharsets.ISO_8859_1))
        .isTrue();
    assertThat(events.event(0).fields()).hasSizeLessThan(2_100);
  }
}
