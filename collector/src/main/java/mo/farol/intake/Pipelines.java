package mo.farol.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mo.farol.journal.EventLog;

/** What stands between a socket and the log, for each kind of input. */
final class Pipelines {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int HTTP_LINE_BYTES = 4 << 10;
  private static final int HTTP_HEADER_BYTES = 8 << 10;

  private final IntakeConfig config;
  private final EventLog log;
  private final InstantSource clock;
  private final Counts counts;
  private final ChannelGroup connections;
  private final AtomicLong underWay;
  private final FastThreadLocal<Workbench> benches =
      new FastThreadLocal<>() {
        @Override
        protected Workbench initialValue() {
          return new Workbench(config.frameLimitBytes());
        }
      };

  /**
   * @param connections each accepted connection joins it
   * @param underWay counts batches that are not yet durable, refused or dropped
   */
  Pipelines(
      IntakeConfig config,
      EventLog log,
      InstantSource clock,
      Counts counts,
      ChannelGroup connections,
      AtomicLong underWay) {
    this.config = config;
    this.log = log;
    this.clock = clock;
    this.counts = counts;
    this.connections = connections;
    this.underWay = underWay;
  }

  ChannelHandler syslogUdp(String agency) {
    return new SyslogUdp(agency, config.frameLimitBytes(), appender("syslog.udp"));
  }

  ChannelHandler syslogTcp(String agency) {
    var appender = appender("syslog.tcp");
    int limit = config.frameLimitBytes();
    return each(
        channel ->
            channel
                .pipeline()
                .addLast(new SyslogTcp(channel, agency, limit, benches::get, appender, counts)));
  }

  ChannelHandler http(IngestTokens tokens) {
    var appender = appender("http");
    var gate = new Gate(tokens, appender);
    var decoding =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(HTTP_LINE_BYTES)
            .setMaxHeaderSize(HTTP_HEADER_BYTES);
    return each(
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

  private ChannelHandler each(Consumer<Channel> furnish) {
    return new ChannelInitializer<Channel>() {
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
  }

  private Appender appender(String input) {
    return new Appender(input, log, clock, config.pendingBoundBytes(), underWay, counts);
  }
}
