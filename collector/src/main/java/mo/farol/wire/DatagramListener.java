package mo.farol.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP listener whose datagrams are all one agency's. Runs on its event loop. */
public final class DatagramListener extends SimpleChannelInboundHandler<DatagramPacket> {
  /** Bytes of the largest datagram. */
  public static final int MOST_BYTES = 65_535;

  private static final Logger log = LoggerFactory.getLogger(DatagramListener.class);

  /** Makes frames of datagrams. */
  public interface Taker {
    /** One datagram; its first {@code length} bytes are lent for the length of the call. */
    void take(byte[] datagram, int length, InetAddress sender);

    /** Called once a second. */
    default void tick() {}
  }

  private final Taker taker;
  private final Datagrams out;
  private final byte[] datagram = new byte[MOST_BYTES];
  private final Drain drain = new Drain();

  /**
   * @param out where the taker hands its frames
   */
  public DatagramListener(Taker taker, Datagrams out) {
    this.taker = taker;
    this.out = out;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.executor().scheduleAtFixedRate(taker::tick, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    drain.touch();
    out.from(packet.sender());
    int length = Math.min(packet.content().readableBytes(), MOST_BYTES);
    packet.content().readBytes(datagram, 0, length);
    taker.take(datagram, length, packet.sender().getAddress());
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
    log.debug("a datagram could not be read: {}", cause.toString());
  }
}
