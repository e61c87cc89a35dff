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
import mo.farol.syslog.SyslogInputs;
import mo.farol.wire.Counts;
import mo.farol.wire.Furnish;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.Inlet;
import mo.farol.wire.IntakeTls;
import mo.farol.wire.TlsFront;

/** What stands between a socket and the log, for each kind of input. */
final class Pipelines {
  private static final int MOST_CONNECTIONS = 10_000;

  private final IntakeConfig config;
  private final Counts counts;
  private final ChannelGroup connections;
  private final Peers peers = new Peers(MOST_CONNECTIONS / 4);
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

  ChannelHandler syslogUdp(String agency) {
    return syslog.udp(agency);
  }

  ChannelHandler gelfUdp() {
    return shippers.gelfUdp(config.defaultAgency());
  }

  /** Syslog of an agency's own listener. */
  ChannelHandler pinnedTcp(PinnedListener one) {
    return each(channel -> syslog.furnish(channel, one.agency(), "syslog.tcp", one.framing()));
  }

  /** The handler of a TCP listener. */
  ChannelHandler tcp(Input input) {
    String agency = config.defaultAgency();
    return switch (input) {
      case SYSLOG_TCP ->
          each(channel -> syslog.furnish(channel, agency, "syslog.tcp", config.tcp()));
      case SYSLOG_TLS ->
          each(
              channel ->
                  secured(channel, (c, a) -> syslog.furnish(c, a, "syslog.tls", config.tls())));
      case RELP -> each(channel -> either(channel, config.clients(), agency, syslog::relp));
      case GELF -> each(this::gelf);
      case LUMBERJACK ->
          each(channel -> either(channel, config.clients(), agency, shippers::lumberjack));
      case HTTP -> each(channel -> either(channel, OPTIONAL, "", http::furnish));
      case SYSLOG_UDP -> throw new IllegalArgumentException(input + " is no TCP input");
    };
  }

  private void gelf(Channel channel) {
    if (tls.isPresent() && config.plain()) {
      tls.get().eitherInTime(channel, config.clients(), config.defaultAgency(), shippers::gelf);
    } else {
      either(channel, config.clients(), config.defaultAgency(), shippers::gelf);
    }
  }

  private void secured(Channel channel, Furnish then) {
    tls.orElseThrow().secured(channel, config.clients(), config.defaultAgency(), then);
  }

  private void either(Channel channel, TlsFront.Clients clients, String otherwise, Furnish then) {
    if (tls.isEmpty()) {
      then.furnish(channel, otherwise);
    } else if (config.plain()) {
      tls.get().either(channel, clients, otherwise, then);
    } else {
      tls.get().secured(channel, clients, otherwise, then);
    }
  }

  private ChannelHandler each(Consumer<Channel> furnish) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        if (connections.size() >= MOST_CONNECTIONS || !peers.enter(channel)) {
          counts.refused("connections", 1);
          channel.close();
          return;
        }
        connections.add(channel);
        furnish.accept(channel);
      }
    };
  }
}
