package mo.farol.shipper;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.FastThreadLocal;
import mo.farol.wire.Inlet;
import mo.farol.wire.Workbench;

/** Handlers of the GELF and Lumberjack listeners. */
public final class ShipperInputs {
  private final Inlet inlet;
  private final FastThreadLocal<Workbench> benches =
      new FastThreadLocal<>() {
        @Override
        protected Workbench initialValue() {
          return new Workbench(0);
        }
      };

  public ShipperInputs(Inlet inlet) {
    this.inlet = inlet;
  }

  /** The handler of a GELF listener on UDP whose datagrams are all one agency's. */
  public ChannelHandler gelfUdp(String agency) {
    return new GelfUdp(agency, inlet);
  }

  /** Puts the handlers of one GELF connection into its pipeline. */
  public void gelf(Channel channel, String agency) {
    channel.pipeline().addLast(new GelfTcp(channel, agency, benches::get, inlet));
  }

  /** Puts the handlers of one Lumberjack connection into its pipeline. */
  public void lumberjack(Channel channel, String agency) {
    channel.pipeline().addLast(new LumberjackConnection(channel, agency, benches::get, inlet));
  }
}
