package mo.farol.syslog;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.function.Supplier;
import mo.farol.wire.Inlet;
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
    return new SyslogUdp(agency, inlet.frameLimit(), inlet.appender("syslog.udp"));
  }

  /**
   * Puts the handlers of one TCP connection into its pipeline.
   *
   * @param input the listener's name, such as {@code syslog.tcp}
   * @param guess whether a sender that puts nothing between its messages is understood
   */
  public void furnish(Channel channel, String agency, String input, boolean guess) {
    channel.pipeline().addLast(new SyslogTcp(channel, agency, input, guess, benches, inlet));
  }

  /** Puts the handlers of one RELP connection into its pipeline. */
  public void relp(Channel channel, String agency) {
    channel.pipeline().addLast(new RelpConnection(channel, agency, benches, inlet));
  }
}
