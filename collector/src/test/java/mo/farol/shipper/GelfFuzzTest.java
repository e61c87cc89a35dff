package mo.farol.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Inlets;

/** Whatever the datagrams: plain, packed, chunked or none of it; no more frames than datagrams. */
class GelfFuzzTest {
  private static final int LIMIT = 4096;

  @FuzzTest(maxDuration = "10s")
  void datagrams(FuzzedDataProvider data) {
    var log = new MemoryLog();
    var channel =
        new EmbeddedChannel(
            new ShipperInputs(Inlets.over(log, new SimpleMeterRegistry(), LIMIT))
                .gelfUdp("agency-a"));
    int sent = 0;
    for (; data.remainingBytes() > 0 && sent < 64; sent++) {
      channel.writeInbound(
          new DatagramPacket(
              Unpooled.wrappedBuffer(data.consumeBytes(512)),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 12_201),
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), 40_000 + data.consumeInt(0, 2))));
    }
    channel.finishAndReleaseAll();
    assertThat(log.texts()).hasSizeLessThanOrEqualTo(sent).allMatch(t -> t.length() <= LIMIT);
  }
}
