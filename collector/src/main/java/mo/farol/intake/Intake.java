package mo.farol.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
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
import java.util.function.Supplier;
import mo.farol.journal.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners. {@link #start} binds every one of them or none. */
public final class Intake implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Intake.class);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long LAST_MILLIS = 500;

  private final IntakeConfig config;
  private final IngestTokens tokens;
  private final Transport transport;
  private final Pipelines pipelines;
  private final AtomicLong underWay = new AtomicLong();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, Channel> listeners = new LinkedHashMap<>();
  private final List<Channel> acceptors = new ArrayList<>();
  private final List<Channel> datagrams = new ArrayList<>();
  private boolean closed;

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
    this(config, log, tokens, clock, metrics, Transport.best());
  }

  Intake(
      IntakeConfig config,
      EventLog log,
      IngestTokens tokens,
      InstantSource clock,
      MeterRegistry metrics,
      Transport transport) {
    this.config = config;
    this.tokens = tokens;
    this.transport = transport;
    this.pipelines = new Pipelines(config, log, clock, new Counts(metrics), connections, underWay);
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
        syslogUdp("intake.syslog.udp", config.defaultAgency(), config.syslogUdp());
      }
      if (config.syslogTcp() >= 0) {
        syslogTcp("intake.syslog.tcp", config.defaultAgency(), config.syslogTcp());
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
    acceptors.forEach(Intake::end);
    datagrams.forEach(Intake::drain);
    connections.forEach(Intake::drain);
    waitUntil(begun + DRAIN_NANOS, () -> connections.isEmpty() && allClosed(datagrams));
    datagrams.forEach(Intake::end);
    connections.close().awaitUninterruptibly(LAST_MILLIS);
    waitUntil(begun + CLOSE_NANOS, () -> underWay.get() == 0);
    if (underWay.get() > 0) {
      logger.warn("{} batches were not durable when the listeners closed", underWay.get());
    }
    transport.close(LAST_MILLIS);
  }

  private void pinned(PinnedListener listener) {
    if (listener.protocol().equals("udp")) {
      syslogUdp(listener.key(), listener.agency(), listener.port());
    } else {
      syslogTcp(listener.key(), listener.agency(), listener.port());
    }
  }

  private void syslogUdp(String key, String agency, int port) {
    var handler = pipelines.syslogUdp(agency);
    int buffer = config.udpBufferBytes();
    datagrams.add(bind(key, port, () -> transport.udp(config.bind(), port, buffer, handler)));
  }

  private void syslogTcp(String key, String agency, int port) {
    var each = pipelines.syslogTcp(agency);
    acceptors.add(bind(key, port, () -> transport.tcp(config.bind(), port, each)));
  }

  private void http(String key, int port) {
    var each = pipelines.http(tokens);
    acceptors.add(bind(key, port, () -> transport.tcp(config.bind(), port, each)));
  }

  private Channel bind(String key, int port, Supplier<Channel> how) {
    try {
      var channel = how.get();
      listeners.put(key, channel);
      return channel;
    } catch (Exception e) { // Netty throws what the system said as it is, checked or not
      throw IntakeFault.of(key, config.bind(), port, e);
    }
  }

  private static void drain(Channel channel) {
    channel.pipeline().fireUserEventTriggered(Signal.DRAIN);
  }

  private static void end(Channel channel) {
    channel.close().awaitUninterruptibly(LAST_MILLIS);
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
