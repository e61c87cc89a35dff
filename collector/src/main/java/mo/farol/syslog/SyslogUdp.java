package mo.farol.syslog;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.wire.Appender;
import mo.farol.wire.Drain;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over UDP, RFC 5426: a datagram is a frame. Consecutive datagrams of one peer travel as one
 * batch. One per listener, on its event loop.
 */
final class SyslogUdp extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(SyslogUdp.class);
  private static final int DATAGRAM_BYTES = 65_535;

  private final String agency;
  private final int frameLimit;
  private final Appender appender;
  private final FrameBatch.Builder frames = new FrameBatch.Builder();
  private final byte[] datagram = new byte[DATAGRAM_BYTES];
  private final Drain drain = new Drain();
  private InetSocketAddress sender = new InetSocketAddress(0);
  private Origin origin;

  SyslogUdp(String agency, int frameLimit, Appender appender) {
    this.agency = agency;
    this.frameLimit = frameLimit;
    this.appender = appender;
    this.origin = Origin.live(agency, "syslog.udp", "");
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    drain.touch();
    if (!packet.sender().getAddress().equals(sender.getAddress())) {
      flush();
      sender = packet.sender();
      origin = Origin.live(agency, "syslog.udp", Peer.of(sender));
    }
    add(packet.content());
    if (Appender.isFull(frames)) {
      flush();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      drain.begin(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.info("a datagram for {} could not be read: {}", agency, cause.toString());
  }

  private void add(ByteBuf content) {
    int length = Math.min(content.readableBytes(), DATAGRAM_BYTES);
    content.readBytes(datagram, 0, length);
    while (length > 0 && isEnd(datagram[length - 1])) {
      length--;
    }
    if (length > frameLimit) {
      frames.add(datagram, 0, frameLimit, FrameBatch.TRUNCATED);
    } else if (length > 0) {
      frames.add(datagram, 0, length, (byte) 0);
    }
  }

  private static boolean isEnd(byte b) {
    return b == '\n' || b == '\r' || b == 0;
  }

  private void flush() {
    int count = frames.count();
    if (count == 0) {
      return;
    }
    var batch = appender.batch(frames, origin);
    if (appender.isOverBound(origin) || appender.isOverQuota(origin)) {
      appender.drop(count); // UDP can't be told to wait
    } else {
      appender.count(batch);
      appender.append(batch, new Receipt(count));
    }
  }

  private final class Receipt implements EventLog.Acknowledgement {
    private final int count;

    Receipt(int count) {
      this.count = count;
    }

    @Override
    public void durable(long firstSequence) {
      // nobody waits for an answer
    }

    @Override
    public void failed(JournalFault fault) {
      appender.drop(count);
    }
  }
}
