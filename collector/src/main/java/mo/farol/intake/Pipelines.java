package mo.farol.intake;

import static mo.farol.wire.TlsFront.Clients.OPTIONAL;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mo.farol.elastic.Elasticsearch;
import mo.farol.otlp.Otlp;
import mo.farol.post.Events;
import mo.farol.post.Gelf;
import mo.farol.post.HttpInputs;
import mo.farol.post.Protocol;
import mo.farol.shipper.ShipperInputs;
import mo.farol.splunk.Hec;
import mo.farol.syslog.Framing;
import mo.farol.syslog.SyslogInputs;
import mo.farol.wire.Agencies;
import mo.farol.wire.Counts;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.Inlet;
import mo.farol.wire.IntakeTls;
import mo.farol.wire.PipelineInitializer;
import mo.farol.wire.TlsFront;

/** What stands between a socket and the log, for each kind of input. */
final class Pipelines implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 10_000;

  private final IntakeConfig config;
  private final Counts counts;
  private final ChannelGroup connections;
  private final Agencies agencies;
  private final Peers peers = new Peers(MOST_CONNECTIONS);
  private final Optional<TlsFront> tls;
  private final SyslogInputs syslog;
  private final ShipperInputs shippers;
  private final HttpInputs http;

  /**
   * @param connections each accepted connection joins it
   */
  Pipelines(
      IntakeConfig config,
      Inlet inlet,
      IngestTokens tokens,
      Optional<IntakeTls> tls,
      ChannelGroup connections) {
    this.config = config;
    this.counts = inlet.counts();
    this.connections = connections;
    this.agencies = inlet.agencies();
    this.tls = tls.map(t -> new TlsFront(t, counts));
    this.syslog = new SyslogInputs(inlet);
    this.shippers = new ShipperInputs(inlet);
    this.http = new HttpInputs(inlet, tokens, protocols(inlet));
  }

  /** What is spoken on the HTTP port; Elasticsearch last, for any name may be an index. */
  static List<Protocol> protocols(Inlet inlet) {
    return List.of(
        new Events(inlet),
        new Hec(inlet),
        new Otlp(inlet),
        new Gelf(inlet),
        new Elasticsearch(inlet));
  }

  @Override
  public void close() {
    tls.ifPresent(TlsFront::close);
  }

  ChannelHandler syslogUdp(String agency) {
    return syslog.udp(agency);
  }

  ChannelHandler gelfUdp(String agency) {
    return shippers.gelfUdp(agency);
  }

  /**
   * The handler of a TCP listener.
   *
   * @param agency whose it is where no certificate or token tells
   * @param framing where messages of syslog end
   */
  ChannelHandler tcp(Input input, String agency, Framing framing) {
    return switch (input) {
      case SYSLOG_TCP -> {
        var then = syslog("syslog.tcp", framing);
        yield each(channel -> then.initialize(channel, agency));
      }
      case SYSLOG_TLS -> {
        var then = syslog("syslog.tls", framing);
        yield each(c -> tls.orElseThrow().secured(c, config.clients(), agency, then));
      }
      case RELP -> either(config.clients(), agency, syslog::relp);
      case GELF -> gelf(agency);
      case LUMBERJACK -> either(config.clients(), agency, shippers::lumberjack);
      case HTTP -> either(OPTIONAL, "", http::initialize);
      case SYSLOG_UDP -> throw new IllegalArgumentException(input + " is no TCP input");
    };
  }

  ChannelHandler gelf(String agency) {
    if (tls.isEmpty() || !config.plain()) {
      return either(config.clients(), agency, shippers::gelf);
    }
    var then = agencies.bounded(shippers::gelf);
    return each(channel -> tls.get().eitherInTime(channel, config.clients(), agency, then));
  }

  private PipelineInitializer syslog(String input, Framing framing) {
    return agencies.bounded(
        (channel, agency) -> syslog.initialize(channel, agency, input, framing));
  }

  private ChannelHandler either(
      TlsFront.Clients clients, String otherwise, PipelineInitializer input) {
    var then = agencies.bounded(input);
    if (tls.isEmpty()) {
      return each(channel -> then.initialize(channel, otherwise));
    }
    var front = tls.get();
    return config.plain()
        ? each(channel -> front.either(channel, clients, otherwise, then))
        : each(channel -> front.secured(channel, clients, otherwise, then));
  }

  private ChannelHandler each(Consumer<Channel> initializer) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        if (connections.size() >= MOST_CONNECTIONS || !peers.enter(channel)) {
          counts.refused("connections", 1);
          channel.close();
          return;
        }
        connections.add(channel);
        initializer.accept(channel);
      }
    };
  }
}
