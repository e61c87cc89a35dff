package mo.farol.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Event loops and sockets: epoll where the system has it, NIO elsewhere. */
public final class Transport {
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final int DATAGRAMS_A_CALL = 16;
  private static final int LARGEST_READ = 256 << 10;
  private static final int BACKLOG = 1024;

  private final boolean epoll;
  private final EventLoopGroup loops;

  public Transport(boolean epoll) {
    this.epoll = epoll;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4),
            new DefaultThreadFactory("intake"),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** The best one here. */
  public static Transport best() {
    return new Transport(Epoll.isAvailable());
  }

  /** Binds a TCP listener; throws what the system says. */
  public Channel tcp(String bind, int port, ChannelHandler connections) {
    return new ServerBootstrap()
        .group(loops)
        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(512, 16 << 10, LARGEST_READ))
        .childHandler(connections)
        .bind(bind, port)
        .syncUninterruptibly()
        .channel();
  }

  /** Binds a UDP listener; throws what the system says. */
  public Channel udp(String bind, int port, int bufferBytes, ChannelHandler datagrams) {
    var bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .option(ChannelOption.SO_RCVBUF, bufferBytes)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(
                    epoll ? LARGEST_DATAGRAM * DATAGRAMS_A_CALL : LARGEST_DATAGRAM))
            .handler(datagrams);
    if (epoll) {
      // recvmmsg: one call takes as many datagrams as the buffer has room for
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LARGEST_DATAGRAM);
    }
    return bootstrap.bind(bind, port).syncUninterruptibly().channel();
  }

  public void close(long millis) {
    loops.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
  }
}
