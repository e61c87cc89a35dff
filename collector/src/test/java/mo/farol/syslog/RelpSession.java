package mo.farol.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Inlets;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A RELP session byte by byte, over a log in memory. */
@ExtendWith(Leaks.class)
abstract class RelpSession {
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

  final MemoryLog log = new MemoryLog();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    log.release();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  EmbeddedChannel open() {
    return open(new SyslogInputs(Inlets.over(log, metrics, LIMIT)));
  }

  EmbeddedChannel open(SyslogInputs inputs) {
    var channel = new EmbeddedChannel();
    inputs.relp(channel, "agency-a");
    channels.add(channel);
    return channel;
  }

  static void say(EmbeddedChannel channel, String text) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    }
  }

  static String said(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(ISO_8859_1));
      out.release();
    }
    return text.toString();
  }

  double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }
}
