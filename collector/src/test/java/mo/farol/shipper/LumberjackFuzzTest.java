package mo.farol.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Inlets;

/** Whatever a Beats connection says: events or an end, the same however it is cut. */
class LumberjackFuzzTest {
  private static final int LIMIT = 256;

  @FuzzTest(maxDuration = "10s")
  void lumberjack(byte[] data) {
    var whole = say(data, Math.max(1, data.length));
    assertThat(say(data, 1)).isEqualTo(whole);
    assertThat(whole).allMatch(text -> text.length() <= LIMIT);
  }

  private static List<String> say(byte[] data, int step) {
    var log = new MemoryLog();
    var channel = new EmbeddedChannel();
    new ShipperInputs(Inlets.over(log, new SimpleMeterRegistry(), LIMIT))
        .lumberjack(channel, "agency-a");
    for (int at = 0; at < data.length && channel.isOpen(); at += step) {
      channel.writeInbound(Unpooled.copiedBuffer(data, at, Math.min(step, data.length - at)));
    }
    channel.finishAndReleaseAll();
    return log.texts();
  }
}
