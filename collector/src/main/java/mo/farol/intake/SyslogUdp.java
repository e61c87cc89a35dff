package mo.farol.intake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import org.jspecify.annotations.Nullable;

/**
 * Syslog over UDP, RFC 5426: a datagram is a frame. Consecutive datagrams of one peer travel as one
 * batch.
 */
final class SyslogUdp extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final int BATCH_FRAMES = 1_000;
  private final String agency;
  private final Appender appender;
  private final FrameBatch.Builder frames = new FrameBatch.Builder();
  private byte[] chunk = new byte[2048];
  private @Nullable InetAddress peer;
  private Origin origin;

  SyslogUdp(String agency, Appender appender) {
    this.agency = agency;
    this.appender = appender;
    this.origin = Origin.live(agency, "syslog.udp", "");
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    var sender = packet.sender().getAddress();
    if (!sender.equals(peer)) {
      flush();
      peer = sender;
      origin = Origin.live(agency, "syslog.udp", sender.getHostAddress());
    }
    if (appender.isBusy()) {
      appender.drop(1); // UDP can't be told to wait
      return;
    }
    add(packet.content());
    if (frames.count() >= BATCH_FRAMES) {
      flush();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
  }

  private void add(ByteBuf content) {
    int length = content.readableBytes();
    if (length > chunk.length) {
      chunk = new byte[65_536];
    }
    content.readBytes(chunk, 0, length);
    while (length > 0
        && (chunk[length - 1] == '\n' || chunk[length - 1] == '\r' || chunk[length - 1] == 0)) {
      length--;
    }
    if (length > 0) {
      frames.add(chunk, 0, length, (byte) 0);
    }
  }

  private void flush() {
    int count = frames.count();
    appender.append(
        frames,
        origin,
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            // nobody waits for an answer
          }

          @Override
          public void failed(JournalFault fault) {
            appender.drop(count);
          }
        });
  }
}
