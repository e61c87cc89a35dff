package mo.farol.syslog;

import io.netty.channel.embedded.EmbeddedChannel;
import mo.farol.wire.AnsweredSession;
import mo.farol.wire.Inlet;

/** RELP as a sender speaks it. */
abstract class RelpSession extends AnsweredSession {
  static final String OPEN =
      """
      1 open 86 relp_version=0
      relp_software=librelp,1.11.0,http://librelp.adiscon.com
      commands=syslog
      """;
  static final String OPENED =
      """
      1 rsp 57 200 OK
      relp_version=0
      relp_software=farol
      commands=syslog
      """;
  static final int LIMIT = 1024;

  RelpSession() {
    super(LIMIT);
  }

  @Override
  protected void initialize(EmbeddedChannel channel, Inlet from) {
    new SyslogInputs(from).relp(channel, "agency-a");
  }
}
