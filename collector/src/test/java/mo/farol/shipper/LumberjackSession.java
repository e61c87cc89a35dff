package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import mo.farol.wire.AnsweredSession;
import mo.farol.wire.Inlet;

/** Lumberjack as a sender speaks it. */
abstract class LumberjackSession extends AnsweredSession {
  static final String ONE = "{\"@timestamp\":\"2026-11-24T10:00:00.000Z\",\"message\":\"one\"}";
  static final String TWO = "{\"message\":\"two\"}";
  static final int LIMIT = 4096;

  LumberjackSession() {
    super(LIMIT);
  }

  @Override
  protected void initialize(EmbeddedChannel channel, Inlet from) {
    new ShipperInputs(from).lumberjack(channel, "agency-a");
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
