package mo.farol.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mo.farol.journal.EventLog;

/** All listeners. {@link #start} binds every one of them or none. */
public final class Intake implements AutoCloseable {
  private static final int HTTP_BODY = 10 << 20;
  private static final int HTTP_INFLATED = 64 << 20;
  private static final int HTTP_IDLE_SECONDS = 60;
  private static final int UDP_BUFFER = 8 << 20;

  private final IntakeConfig config;
  private final EventLog log;
  private final IngestTokens tokens;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup loops;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, Channel> listeners = new LinkedHashMap<>();

  public Intake(
      IntakeConfig config,
      EventLog log,
      IngestTokens tokens,
      InstantSource clock,
      MeterRegistry metrics) {
    this.config = config;
    this.log = log;
    this.tokens = tokens;
    this.clock = clock;
    this.metrics = metrics;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            Math.min(2, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("intake"),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    metrics.gauge("farol_intake_connections", connections, ChannelGroup::size);
  }

  /**
   * Binds every listener.
   *
   * @throws IntakeFault naming the one that can't be bound; none stays open then
   */
  public Intake start() {
    try {
      if (config.syslogUdp() >= 0) {
        udp("intake.syslog.udp", config.syslogUdp());
      }
      if (config.syslogTcp() >= 0) {
        syslog("intake.syslog.tcp", config.agency(), config.syslogTcp());
      }
      config
          .pinned()
          .forEach((agency, port) -> syslog("intake.syslog.tcp." + agency, agency, port));
      if (config.http() >= 0) {
        http("intake.http", config.http());
      }
    } catch (IntakeFault e) {
      close();
      throw e;
    }
    return this;
  }

  /** What was really bound, by key of the configuration. */
  public Map<String, InetSocketAddress> bound() {
    var bound = new LinkedHashMap<String, InetSocketAddress>();
    listeners.forEach((key, channel) -> bound.put(key, (InetSocketAddress) channel.localAddress()));
    return bound;
  }

  /** Stops taking, hands on what has arrived. */
  @Override
  public void close() {
    listeners
        .values()
        .forEach(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
    listeners.clear();
    connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, 3, TimeUnit.SECONDS).awaitUninterruptibly(4, TimeUnit.SECONDS);
  }

  private void syslog(String key, String agency, int port) {
    var appender = appender("syslog.tcp");
    tcp(
        key,
        port,
        channel ->
            channel.pipeline().addLast(new SyslogTcp(agency, config.frameLimit(), appender)));
  }

  private void http(String key, int port) {
    var appender = appender("http");
    var decoding =
        new HttpDecoderConfig().setMaxHeaderSize(8 << 10).setMaxInitialLineLength(4 << 10);
    tcp(
        key,
        port,
        channel -> {
          var wire = new BodyLimit(HTTP_BODY);
          channel
              .pipeline()
              .addLast(new ReadTimeoutHandler(HTTP_IDLE_SECONDS))
              .addLast(new HttpServerCodec(decoding))
              .addLast(wire)
              .addLast(new HttpContentDecompressor(HTTP_INFLATED))
              .addLast(new HttpObjectAggregator(HTTP_INFLATED, true))
              .addLast(new HttpEvents(tokens, appender, wire, config.frameLimit()));
        });
  }

  private void tcp(String key, int port, java.util.function.Consumer<Channel> handlers) {
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    var bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    handlers.accept(channel);
                  }
                });
    listen(key, port, () -> bootstrap.bind(config.bind(), port).syncUninterruptibly().channel());
  }

  private void udp(String key, int port) {
    Class<? extends DatagramChannel> type =
        epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    var bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.SO_RCVBUF, UDP_BUFFER)
            .handler(new SyslogUdp(config.agency(), appender("syslog.udp")));
    if (epoll) {
      // Several datagrams a system call: the buffer holds as many as fit.
      bootstrap
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 65_507)
          .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(65_507 * 8));
    } else {
      bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(65_507));
    }
    listen(key, port, () -> bootstrap.bind(config.bind(), port).syncUninterruptibly().channel());
  }

  private Appender appender(String input) {
    return new Appender(input, log, clock, config.pendingLimit(), metrics);
  }

  private void listen(String key, int port, java.util.function.Supplier<Channel> bind) {
    try {
      listeners.put(key, bind.get());
    } catch (RuntimeException e) {
      throw fault(key, port, e);
    } catch (Exception e) { // Netty throws what bind threw, checked or not
      throw fault(key, port, e);
    }
  }

  private IntakeFault fault(String key, int port, Exception e) {
    return new IntakeFault(
        "%s: cannot listen on %s:%d (%s); choose another port or end what uses it"
            .formatted(key, config.bind(), port, e.getMessage()),
        e);
  }
}
