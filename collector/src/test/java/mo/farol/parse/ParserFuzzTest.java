package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/**
 * Whatever the frame and the format asked for: one event, read or rejected, never a bug of ours.
 */
class ParserFuzzTest {
  private static final List<String> ASKED =
      List.of("", "syslog", "json", "cef", "leef", "text", "kv", "panos", "hec", "otlp", "gelf");
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();

  @FuzzTest(maxDuration = "20s")
  void parse(FuzzedDataProvider data) {
    String format = data.pickValue(ASKED);
    byte[] frame = data.consumeRemainingAsBytes();
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
