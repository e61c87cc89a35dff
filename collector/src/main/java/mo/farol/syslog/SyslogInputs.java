package mo.farol.syslog;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.DatagramListener;
import mo.farol.wire.Datagrams;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.StreamConnection;
import mo.farol.wire.Workbench;

/** Handlers of the syslog and RELP listeners. */
public final class SyslogInputs {
  private final Inlet inlet;
  private final Supplier<Workbench> benches;

  public SyslogInputs(Inlet inlet) {
    this.inlet = inlet;
    this.benches = () -> Workbench.mine(Framer.restLimit(inlet.frameLimit()));
  }

  /** The handler of a UDP listener whose datagrams are all one agency's. */
  public ChannelHandler udp(String agency) {
    var out = new Datagrams(agency, "syslog.udp", "", inlet.appender("syslog.udp"));
    return new DatagramListener(new SyslogUdp(inlet.frameLimit(), out), out);
  }

  /**
   * Puts the handlers of one TCP connection into its pipeline.
   *
   * @param input the listener's name, such as {@code syslog.tcp}
   */
  public void initialize(Channel channel, String agency, String input, Framing framing) {
    var origin = Origin.live(agency, input, Peer.of(channel.remoteAddress()));
    var framer = new Framer(inlet.frameLimit(), framing);
    channel.pipeline().addLast(new StreamConnection(channel, origin, framer, benches, inlet));
  }

  /** Puts the handlers of one RELP connection into its pipeline. */
  public void relp(Channel channel, String agency) {
    channel.pipeline().addLast(new RelpConnection(channel, agency, benches, inlet));
  }
}
