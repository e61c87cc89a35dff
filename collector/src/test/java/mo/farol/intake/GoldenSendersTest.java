package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
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

/** What real senders put on the wire, as recorded, cut in two at every byte. */
@ExtendWith(Leaks.class)
class GoldenSendersTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "mo", "farol", "senders");
  private static final int MOST_SPLITS = 1500;

  static List<Arguments> recordings() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(file -> arguments(file.getFileName().toString(), file)).toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void a_recorded_sender_gives_the_same_frames_wherever_its_bytes_are_cut(String name, Path file)
      throws Exception {
    var lines = Files.readAllLines(file);
    String input = lines.getFirst().substring("input ".length());
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                String.join(
                    "", lines.stream().skip(1).filter(l -> !l.startsWith("frame ")).toList()));
    var expected =
        lines.stream()
            .filter(l -> l.startsWith("frame "))
            .map(l -> l.substring("frame ".length()))
            .toList();
    assertThat(expected).as(name).isNotEmpty();
    int step = 1 + bytes.length / MOST_SPLITS;
    for (int split = 0; split <= bytes.length; split += step) {
      assertThat(frames(input, bytes, split)).as("%s split at %d", name, split).isEqualTo(expected);
    }
  }

  private static List<String> frames(String input, byte[] bytes, int split) {
    var log = new MemoryLog();
    var inlet = Inlets.over(log, new SimpleMeterRegistry(), 64 << 10);
    var channel = new EmbeddedChannel();
    switch (input) {
      case "relp" -> new SyslogInputs(inlet).relp(channel, "agency-a");
      case "gelf" -> new ShipperInputs(inlet).gelf(channel, "agency-a");
      case "syslog.tcp" ->
          new SyslogInputs(inlet).furnish(channel, "agency-a", input, Framing.AUTO);
      default -> throw new IllegalArgumentException(input);
    }
    channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOf(bytes, split)));
    channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOfRange(bytes, split, bytes.length)));
    channel.finishAndReleaseAll();
    return log.texts();
  }
}
