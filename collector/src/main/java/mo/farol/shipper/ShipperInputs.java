package mo.farol.shipper;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import mo.farol.event.Origin;
import mo.farol.wire.DatagramListener;
import mo.farol.wire.Datagrams;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.StreamConnection;
import mo.farol.wire.Workbench;

/** Handlers of the GELF and Lumberjack listeners. */
public final class ShipperInputs {
  private static final String FORMAT = "gelf";

  private final Inlet inlet;

  public ShipperInputs(Inlet inlet) {
    this.inlet = inlet;
  }

  /** The handler of a GELF listener on UDP whose datagrams are all one agency's. */
  public ChannelHandler gelfUdp(String agency) {
    var out = new Datagrams(agency, "gelf.udp", FORMAT, inlet.appender("gelf.udp"));
    return new DatagramListener(new GelfUdp(inlet.frameLimit(), inlet.counts(), out), out);
  }

  /** Puts the handlers of one GELF connection into its pipeline: a message, a NUL, the next. */
  public void gelf(Channel channel, String agency) {
    var origin = Origin.live(agency, "gelf.tcp", Peer.of(channel.remoteAddress()), FORMAT);
    var framer = new NulFramer(inlet.frameLimit());
    channel
        .pipeline()
        .addLast(new StreamConnection(channel, origin, framer, () -> Workbench.mine(0), inlet));
  }

  /** Puts the handlers of one Lumberjack connection into its pipeline. */
  public void lumberjack(Channel channel, String agency) {
    channel
        .pipeline()
        .addLast(new LumberjackConnection(channel, agency, () -> Workbench.mine(0), inlet));
  }
}
