package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Inlets;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Lumberjack connection byte by byte, over a log in memory. */
@ExtendWith(Leaks.class)
abstract class LumberjackSession {
  static final String ONE = "{\"@timestamp\":\"2026-11-24T10:00:00.000Z\",\"message\":\"one\"}";
  static final String TWO = "{\"message\":\"two\"}";
  static final int LIMIT = 4096;

  final MemoryLog log = new MemoryLog();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final List<EmbeddedChannel> channels = new ArrayList<>();
  private final ShipperInputs inputs = new ShipperInputs(Inlets.over(log, metrics, LIMIT));

  @AfterEach
  void close() {
    log.release();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  EmbeddedChannel open() {
    var channel = new EmbeddedChannel();
    inputs.lumberjack(channel, "agency-a");
    channels.add(channel);
    return channel;
  }

  static void say(EmbeddedChannel channel, byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }
  }

  double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }

  static String ack(int number) {
    return "2A\0\0" + (char) (number >> 8) + (char) (number & 0xff);
  }

  static byte[] window(int count) {
    return join("2W".getBytes(UTF_8), number(count));
  }

  static byte[] json(int number, String json) {
    byte[] utf8 = json.getBytes(UTF_8);
    return join("2J".getBytes(UTF_8), number(number), number(utf8.length), utf8);
  }

  static byte[] packed(byte[] frames) {
    var deflater = new Deflater();
    deflater.setInput(frames);
    deflater.finish();
    byte[] out = new byte[frames.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return join("2C".getBytes(UTF_8), number(length), Arrays.copyOf(out, length));
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    var out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    return bytes(
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }
}
