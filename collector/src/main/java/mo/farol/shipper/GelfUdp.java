package mo.farol.shipper;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import mo.farol.event.FrameBatch;
import mo.farol.wire.Counts;
import mo.farol.wire.Datagrams;
import mo.farol.wire.Drain;
import mo.farol.wire.Inlet;
import mo.farol.wire.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GELF over UDP: a datagram, or what its chunks give together, is one message, plain or packed by
 * gzip or zlib. Never more is unpacked than a frame may have. One per listener, on its event loop.
 */
final class GelfUdp extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(GelfUdp.class);
  private static final int DATAGRAM_BYTES = 65_535;
  private static final int CHUNKED = 0x1e0f;
  private static final int GZIP = 0x1f8b;
  private static final int ZLIB_METHOD = 0x78;

  private final String agency;
  private final int frameLimit;
  private final Counts counts;
  private final Datagrams out;
  private final Chunks chunks;
  private final byte[] datagram = new byte[DATAGRAM_BYTES];
  private final Drain drain = new Drain();

  GelfUdp(String agency, Inlet inlet) {
    this.agency = agency;
    this.frameLimit = inlet.frameLimit();
    this.counts = inlet.counts();
    this.out = new Datagrams(agency, "gelf.udp", "gelf", inlet.appender("gelf.udp"));
    this.chunks = new Chunks(counts);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .executor()
        .scheduleAtFixedRate(() -> chunks.expire(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    drain.touch();
    out.from(packet.sender());
    int length = Math.min(packet.content().readableBytes(), DATAGRAM_BYTES);
    packet.content().readBytes(datagram, 0, length);
    if (magic(datagram, length) != CHUNKED) {
      message(datagram, length);
      return;
    }
    byte[] whole = chunks.add(packet.sender().getAddress(), datagram, length, System.nanoTime());
    if (whole != null) {
      message(whole, whole.length);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    out.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    out.flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      drain.begin(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("a GELF datagram for {} could not be read: {}", agency, cause.toString());
  }

  private void message(byte[] bytes, int length) {
    int magic = magic(bytes, length);
    try {
      if (magic == GZIP) {
        unpacked(new GZIPInputStream(new ByteArrayInputStream(bytes, 0, length)));
      } else if (magic >> Byte.SIZE == ZLIB_METHOD && magic % 31 == 0) {
        unpacked(new InflaterInputStream(new ByteArrayInputStream(bytes, 0, length)));
      } else {
        frame(bytes, length, length > frameLimit);
      }
    } catch (IOException e) {
      counts.refused("gelf-packed", 1);
    }
  }

  private void unpacked(InputStream packed) throws IOException {
    try (packed) {
      byte[] bytes = packed.readNBytes(frameLimit + 1);
      frame(bytes, bytes.length, bytes.length > frameLimit);
    }
  }

  private void frame(byte[] bytes, int length, boolean cut) {
    int end = Math.min(length, frameLimit);
    while (end > 0 && (bytes[end - 1] == 0 || bytes[end - 1] == '\n')) {
      end--;
    }
    if (end > 0) {
      out.add(bytes, 0, end, cut ? FrameBatch.TRUNCATED : (byte) 0);
    }
  }

  // The first two bytes, or 0.
  private static int magic(byte[] bytes, int length) {
    return length < 2 ? 0 : (bytes[0] & 0xff) << Byte.SIZE | bytes[1] & 0xff;
  }
}
