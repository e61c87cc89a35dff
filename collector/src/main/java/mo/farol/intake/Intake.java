package mo.farol.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mo.farol.journal.EventLog;

/** All listeners. {@link #start} binds every one of them or none. */
public final class Intake implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int HTTP_LINE_BYTES = 4 << 10;
  private static final int HTTP_HEADER_BYTES = 8 << 10;
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final IntakeConfig config;
  private final EventLog log;
  private final IngestTokens tokens;
  private final InstantSource clock;
  private final Counts counts;
  private final AtomicLong underWay = new AtomicLong();
  private final Transport transport = new Transport();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, Channel> listeners = new LinkedHashMap<>();
  private final List<Channel> datagrams = new ArrayList<>();
  private boolean closed;
  private final FastThreadLocal<Workbench> benches =
      new FastThreadLocal<>() {
        @Override
        protected Workbench initialValue() {
          return new Workbench(config.frameLimitBytes());
        }
      };

  /**
   * Nothing is bound before {@link #start}.
   *
   * @param log takes the frames
   * @param tokens whose HTTP requests are whose
   * @param clock gives the time of receipt
   */
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
    this.counts = new Counts(metrics);
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
        udp("intake.syslog.udp", config.defaultAgency(), config.syslogUdp());
      }
      if (config.syslogTcp() >= 0) {
        tcp("intake.syslog.tcp", config.defaultAgency(), config.syslogTcp());
      }
      config.pinned().forEach(this::pinned);
      if (config.http() >= 0) {
        http("intake.http", config.http());
      }
      return this;
    } catch (IntakeFault e) {
      close();
      throw e;
    }
  }

  /** What was really bound, by key of the configuration. */
  public Map<String, InetSocketAddress> bound() {
    var bound = new LinkedHashMap<String, InetSocketAddress>();
    listeners.forEach((key, channel) -> bound.put(key, (InetSocketAddress) channel.localAddress()));
    return bound;
  }

  /** Takes no more connections, hands on what has arrived, waits up to 5 s until it is durable. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    long begun = System.nanoTime();
    listeners.values().stream().filter(c -> !datagrams.contains(c)).forEach(Intake::end);
    datagrams.forEach(channel -> channel.pipeline().fireUserEventTriggered(Signal.DRAIN));
    connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(Signal.DRAIN));
    waitUntil(begun + DRAIN_NANOS, () -> connections.isEmpty() && allClosed(datagrams));
    datagrams.forEach(Intake::end);
    connections.close().awaitUninterruptibly(500, TimeUnit.MILLISECONDS);
    waitUntil(begun + CLOSE_NANOS, () -> underWay.get() == 0);
    transport.close(TimeUnit.SECONDS.toMillis(1));
  }

  private void pinned(PinnedListener listener) {
    switch (listener.protocol()) {
      case "udp" -> udp(listener.key(), listener.agency(), listener.port());
      default -> tcp(listener.key(), listener.agency(), listener.port());
    }
  }

  private void udp(String key, String agency, int port) {
    var handler = new SyslogUdp(agency, config.frameLimitBytes(), appender("syslog.udp"));
    var channel =
        bind(key, port, () -> transport.udp(config.bind(), port, config.udpBufferBytes(), handler));
    datagrams.add(channel);
  }

  private void tcp(String key, String agency, int port) {
    var appender = appender("syslog.tcp");
    connections(
        key,
        port,
        channel ->
            channel
                .pipeline()
                .addLast(
                    new SyslogTcp(
                        channel,
                        agency,
                        config.frameLimitBytes(),
                        benches::get,
                        appender,
                        counts)));
  }

  private void http(String key, int port) {
    var appender = appender("http");
    var gate = new Gate(tokens, appender);
    var decoding =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(HTTP_LINE_BYTES)
            .setMaxHeaderSize(HTTP_HEADER_BYTES);
    connections(
        key,
        port,
        channel -> {
          var deadline = new HttpDeadline();
          channel
              .pipeline()
              .addLast(deadline)
              .addLast(new HttpServerCodec(decoding))
              .addLast(new FlowControlHandler())
              .addLast(new HttpEvents(gate, deadline, appender, counts, config.frameLimitBytes()));
        });
  }

  private void connections(String key, int port, Consumer<Channel> furnish) {
    var each =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            if (connections.size() >= MOST_CONNECTIONS) {
              counts.refused("connections", 1);
              channel.close();
              return;
            }
            connections.add(channel);
            furnish.accept(channel);
          }
        };
    bind(key, port, () -> transport.tcp(config.bind(), port, each));
  }

  private Appender appender(String input) {
    return new Appender(input, log, clock, config.pendingBoundBytes(), underWay, counts);
  }

  // Netty throws what the system said as it is, checked exceptions too.
  private Channel bind(String key, int port, Supplier<Channel> how) {
    try {
      var channel = how.get();
      listeners.put(key, channel);
      return channel;
    } catch (Exception e) {
      throw IntakeFault.of(key, config.bind(), port, e);
    }
  }

  private static void end(Channel channel) {
    channel.close().awaitUninterruptibly(500, TimeUnit.MILLISECONDS);
  }

  private static boolean allClosed(List<Channel> channels) {
    return channels.stream().noneMatch(Channel::isOpen);
  }

  private static void waitUntil(long deadlineNanos, BooleanSupplier done) {
    while (!done.getAsBoolean() && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
