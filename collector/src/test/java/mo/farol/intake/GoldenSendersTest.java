package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.journal.MemoryLog;
import mo.farol.shipper.ShipperInputs;
import mo.farol.syslog.Framing;
import mo.farol.syslog.SyslogInputs;
import mo.farol.wire.Inlets;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real senders put on the wire, as recorded: cut in two at every byte, and what is read out of
 * it. {@code -Dgolden=write} writes the events anew.
 */
@ExtendWith(Leaks.class)
class GoldenSendersTest {
  private static final int MOST_SPLITS = 1500;

  static List<Arguments> recordings() throws IOException {
    try (Stream<Path> files = Files.list(GoldenSender.FOLDER)) {
      return files
          .sorted()
          .map(file -> arguments(file.getFileName().toString().replace(".txt", ""), file))
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void a_recorded_sender_gives_the_same_frames_wherever_its_bytes_are_cut(String name, Path file)
      throws Exception {
    var golden = GoldenSender.read(file);
    assertThat(golden.frames()).as(name).isNotEmpty();
    if (golden.input().endsWith(".udp")) {
      assertThat(datagrams(golden)).as(name).isEqualTo(golden.frames());
      return;
    }
    byte[] bytes = golden.pieces().getFirst();
    int step = 1 + bytes.length / MOST_SPLITS;
    for (int split = 0; split <= bytes.length; split += step) {
      assertThat(frames(golden.input(), bytes, split))
          .as("%s split at %d", name, split)
          .isEqualTo(golden.frames());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void a_recorded_senders_events_are_read_as_they_were(String name, Path file) throws Exception {
    var golden = GoldenSender.read(file);
    golden.keep(name);
    var events = GoldenSender.events(file);
    assertThat(events).as(name).hasSameSizeAs(golden.frames());
    assertThat(golden.events()).as(name).isEqualTo(events);
  }

  private static List<String> frames(String input, byte[] bytes, int split) {
    var log = new MemoryLog();
    var inlet = Inlets.over(log, new SimpleMeterRegistry(), 64 << 10);
    var channel = new EmbeddedChannel();
    switch (input) {
      case "relp" -> new SyslogInputs(inlet).relp(channel, "agency-a");
      case "gelf" -> new ShipperInputs(inlet).gelf(channel, "agency-a");
      case "syslog.tcp" ->
          new SyslogInputs(inlet).initialize(channel, "agency-a", input, Framing.AUTO);
      default -> throw new IllegalArgumentException(input);
    }
    channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOf(bytes, split)));
    channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOfRange(bytes, split, bytes.length)));
    channel.finishAndReleaseAll();
    return log.texts();
  }

  private static List<String> datagrams(GoldenSender golden) {
    var log = new MemoryLog();
    var inlet = Inlets.over(log, new SimpleMeterRegistry(), 64 << 10);
    var channel = new EmbeddedChannel(new SyslogInputs(inlet).udp("agency-a"));
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 514);
    for (byte[] datagram : golden.pieces()) {
      channel.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(datagram), here, here));
    }
    channel.finishAndReleaseAll();
    return log.texts();
  }
}
