package mo.farol.syslog;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import mo.farol.event.FrameBatch;
import mo.farol.wire.Appender;
import mo.farol.wire.Datagrams;
import mo.farol.wire.Drain;
import mo.farol.wire.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syslog over UDP, RFC 5426: a datagram is a frame. One per listener, on its event loop. */
final class SyslogUdp extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(SyslogUdp.class);
  private static final int DATAGRAM_BYTES = 65_535;

  private final String agency;
  private final int frameLimit;
  private final Datagrams out;
  private final byte[] datagram = new byte[DATAGRAM_BYTES];
  private final Drain drain = new Drain();

  SyslogUdp(String agency, int frameLimit, Appender appender) {
    this.agency = agency;
    this.frameLimit = frameLimit;
    this.out = new Datagrams(agency, "syslog.udp", "", appender);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    drain.touch();
    out.from(packet.sender());
    add(packet.content());
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
    log.debug("a datagram for {} could not be read: {}", agency, cause.toString());
  }

  private void add(ByteBuf content) {
    int length = Math.min(content.readableBytes(), DATAGRAM_BYTES);
    content.readBytes(datagram, 0, length);
    while (length > 0 && isEnd(datagram[length - 1])) {
      length--;
    }
    if (length > frameLimit) {
      out.add(datagram, 0, frameLimit, FrameBatch.TRUNCATED);
    } else if (length > 0) {
      out.add(datagram, 0, length, (byte) 0);
    }
  }

  private static boolean isEnd(byte b) {
    return b == '\n' || b == '\r' || b == 0;
  }
}
