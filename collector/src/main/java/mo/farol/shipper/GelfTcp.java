package mo.farol.shipper;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.Appender;
import mo.farol.wire.Drain;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Pressure;
import mo.farol.wire.Signal;
import mo.farol.wire.Workbench;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One GELF connection: a message, a NUL, the next. Runs on its event loop. */
final class GelfTcp extends ChannelInboundHandlerAdapter implements FrameSink {
  private static final Logger log = LoggerFactory.getLogger(GelfTcp.class);

  private final Origin origin;
  private final Supplier<Workbench> benches;
  private final Appender appender;
  private final Pressure pressure;
  private final NulFramer framer;
  private final Drain drain = new Drain();

  GelfTcp(Channel channel, String agency, Supplier<Workbench> benches, Inlet inlet) {
    this.origin = Origin.live(agency, "gelf.tcp", Peer.of(channel.remoteAddress()), "gelf");
    this.benches = benches;
    this.appender = inlet.appender("gelf.tcp");
    this.pressure = new Pressure(channel, origin, appender);
    this.framer = new NulFramer(inlet.frameLimit());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    drain.touch();
    var buffer = (ByteBuf) message;
    byte[] scratch = benches.get().scratch;
    try {
      while (buffer.isReadable()) {
        int more = Math.min(buffer.readableBytes(), scratch.length);
        buffer.readBytes(scratch, 0, more);
        framer.take(scratch, 0, more, this);
      }
    } finally {
      buffer.release();
      flush();
    }
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    var frames = benches.get().frames;
    frames.add(bytes, from, to, mark);
    if (Appender.isFull(frames)) {
      flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    framer.end(this);
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
    log.debug("a GELF connection of {} from {} broke: {}", origin.agency(), origin.peer(), cause);
    context.close();
  }

  private void flush() {
    var frames = benches.get().frames;
    if (frames.count() > 0) {
      pressure.append(appender.batch(frames, origin));
    }
  }
}
