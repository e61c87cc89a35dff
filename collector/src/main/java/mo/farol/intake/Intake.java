package mo.farol.intake;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import mo.farol.journal.EventLog;
import mo.farol.syslog.Framing;
import mo.farol.wire.Agencies;
import mo.farol.wire.Budget;
import mo.farol.wire.Counts;
import mo.farol.wire.Doubts;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.Inlet;
import mo.farol.wire.IntakeTls;
import mo.farol.wire.KernelDrops;
import mo.farol.wire.Shares;
import mo.farol.wire.Signal;
import mo.farol.wire.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners. {@link #start} binds every one of them or none. */
public final class Intake implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Intake.class);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long LAST_MILLIS = 500;
  private static final int FREE_PORT_TRIES = 10;

  private final IntakeConfig config;
  private final MeterRegistry metrics;
  private final EventLog log;
  private final Doubts doubts;
  private final Counts counts;
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
   * @param tls for TLS connections; empty for an intake without, then {@code intake.syslog.tls}
   *     must be off
   * @param clock gives the time of receipt
   */
  public Intake(
      IntakeConfig config,
      EventLog log,
      IngestTokens tokens,
      Optional<IntakeTls> tls,
      InstantSource clock,
      MeterRegistry metrics) {
    this(config, log, tokens, tls, clock, metrics, Transport.best());
  }

  Intake(
      IntakeConfig config,
      EventLog log,
      IngestTokens tokens,
      Optional<IntakeTls> tls,
      InstantSource clock,
      MeterRegistry metrics,
      Transport transport) {
    this.config = config;
    this.metrics = metrics;
    this.transport = transport;
    this.log = log;
    this.doubts = new Doubts(System::nanoTime, metrics);
    this.counts = new Counts(metrics);
    var inlet =
        new Inlet(
            log,
            clock,
            counts,
            underWay,
            config.pendingBoundBytes(),
            new Shares(config.quotas(), config.pendingBoundBytes(), System::nanoTime, metrics),
            doubts,
            Budget.ofHeap(),
            new Agencies(config.agencyConnections(), counts),
            config.frameLimitBytes());
    this.pipelines = new Pipelines(config, inlet, tokens, tls, connections);
    metrics.gauge("farol_intake_connections", connections, ChannelGroup::size);
  }

  /**
   * Binds every listener.
   *
   * @throws IntakeFault naming the one that can't be bound; none stays open then
   */
  public Intake start() {
    LastWords.doubt(log, doubts);
    try {
      config.ports().forEach(this::listen);
      config.pinned().forEach(this::pinned);
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

  /** Frames of an agency that arrived and were not kept, since the start. */
  public long dropped(String agency) {
    return counts.drops().of(agency);
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
    pipelines.close();
    transport.close(LAST_MILLIS);
  }

  private void listen(Input input, int port) {
    var framing = input == Input.SYSLOG_TLS ? config.tls() : config.tcp();
    open(input, input.key(), port, config.defaultAgency(), framing);
  }

  private void pinned(PinnedListener one) {
    open(one.input(), one.key(), one.port(), one.agency(), one.framing());
  }

  private void open(Input input, String key, int port, String agency, Framing framing) {
    switch (input) {
      case SYSLOG_UDP -> udp(key, port, pipelines.syslogUdp(agency));
      case GELF -> gelf(key, port, agency);
      case SYSLOG_TCP, SYSLOG_TLS, RELP, LUMBERJACK, HTTP ->
          tcp(key, port, pipelines.tcp(input, agency, framing));
    }
  }

  // TCP and UDP on one number: a free one of TCP may be taken on UDP, then the next is tried.
  private void gelf(String key, int port, String agency) {
    for (int left = port == 0 ? FREE_PORT_TRIES : 1; ; left--) {
      tcp(key, port, pipelines.gelf(agency));
      var tcp = acceptors.getLast();
      try {
        udp(key, ((InetSocketAddress) tcp.localAddress()).getPort(), pipelines.gelfUdp(agency));
        return;
      } catch (IntakeFault e) {
        if (left == 1) {
          throw e;
        }
        acceptors.remove(tcp);
        end(tcp);
      }
    }
  }

  private void udp(String key, int port, ChannelHandler handler) {
    int buffer = config.udpBufferBytes();
    var channel = bind(key, port, () -> transport.udp(config.bind(), port, buffer, handler));
    datagrams.add(channel);
    int bound = ((InetSocketAddress) channel.localAddress()).getPort();
    FunctionCounter.builder("farol_intake_udp_dropped_total", this, _ -> KernelDrops.of(bound))
        .tag("listener", key)
        .register(metrics);
  }

  private void tcp(String key, int port, ChannelHandler connections) {
    acceptors.add(bind(key, port, () -> transport.tcp(config.bind(), port, connections)));
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
