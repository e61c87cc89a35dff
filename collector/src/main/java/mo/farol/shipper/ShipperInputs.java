package mo.farol.shipper;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import mo.farol.wire.Inlet;
import mo.farol.wire.Workbench;

/** Handlers of the GELF and Lumberjack listeners. */
public final class ShipperInputs {
  private final Inlet inlet;

  public ShipperInputs(Inlet inlet) {
    this.inlet = inlet;
  }

  /** The handler of a GELF listener on UDP whose datagrams are all one agency's. */
  public ChannelHandler gelfUdp(String agency) {
    return new GelfUdp(agency, inlet);
  }

  /** Puts the handlers of one GELF connection into its pipeline. */
  public void gelf(Channel channel, String agency) {
    channel.pipeline().addLast(new GelfTcp(channel, agency, () -> Workbench.mine(0), inlet));
  }

  /** Puts the handlers of one Lumberjack connection into its pipeline. */
  public void lumberjack(Channel channel, String agency) {
    channel
        .pipeline()
        .addLast(new LumberjackConnection(channel, agency, () -> Workbench.mine(0), inlet));
  }
}
